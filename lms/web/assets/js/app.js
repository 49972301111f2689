// Every page.
import { start as startForms } from "./behaviours/forms.js";
import { start as startHandOn } from "./behaviours/hand_on.js";
import { start as startPage } from "./behaviours/page.js";

startPage();
startForms();
startHandOn();
