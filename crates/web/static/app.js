// What browsers can do on top of the pages; each module finds its elements by data attributes.
import "./js/copy.js";
import "./js/card.js";
import "./js/dialog.js";
import "./js/form.js";
import "./js/job.js";
import "./js/live.js";
import "./js/menu.js";
import "./js/select.js";
import "./js/wall.js";
