import { holdersOnLocalStores } from "./local-holders.js";

holdersOnLocalStores(150);
