/** Promises IDs and never keeps it. */
export default () => ({ next: () => new Promise(() => Date.now()) });
