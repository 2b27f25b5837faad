/** No subject. */
export default 5;
