import { holdersOnLocalStores } from "../test/store/local-holders.js";

holdersOnLocalStores(1000);
