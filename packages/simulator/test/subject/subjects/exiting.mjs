/** Ends its process instead of issuing a tenth ID. */
export default function create() {
  let asked = 0;
  return { next: () => (++asked > 9 ? process.exit(1) : Date.now()) };
}
