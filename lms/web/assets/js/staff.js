// Staff pages, beside app.js.
import { start as startBulk } from "./behaviours/bulk.js";
import { start as startPoll } from "./behaviours/poll.js";
import { start as startRove } from "./behaviours/rove.js";
import { start as startTables } from "./behaviours/tables.js";
import { start as startBankImport } from "./rooms/bank_import.js";
import { start as startBlueprint } from "./rooms/blueprint.js";
import { start as startExamDoor } from "./rooms/exam_door.js";
import { start as startEssays } from "./rooms/essays.js";
import { start as startClassMarks } from "./rooms/class_marks.js";
import { start as startRegulation } from "./rooms/regulation.js";
import { start as startRoll } from "./rooms/roll.js";

startBulk();
startPoll();
startRove();
startTables();
startBankImport();
startBlueprint();
startEssays();
startExamDoor();
startRegulation();
startRoll();
startClassMarks();
