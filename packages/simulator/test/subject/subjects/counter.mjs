let asked = 0;
export const count = () => ++asked;
