// Before the first paint: what this reader chose on this device. Runs in <head>, blocks for about a millisecond.
import { apply, read } from "./lib/choices.js";

document.documentElement.classList.add("js");
apply("theme", read("theme"));
apply("text", read("text"));
