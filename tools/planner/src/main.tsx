import { render } from "preact";
import { Page } from "./page.js";
import { rehearse } from "./rehearsal.js";
import { planIn } from "./state/link.js";

const root = document.getElementById("page");
const nowMs = Date.now();
if (root !== null) render(<Page nowMs={nowMs} />, root);
rehearse(planIn(location.hash), nowMs);
