import { $ } from "./dom.js";
import { Paper } from "./paper.js";

const form = $("[data-exam]");
if (form) new Paper(form).start();
