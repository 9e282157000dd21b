// One of the pages, by its number.
(function () {
  "use strict";
  var told = document.currentScript.dataset;
  var pages = told.pages.split(" ");
  var chosen = pages[Math.floor(Math.random() * pages.length)];
  if (chosen) location.replace(told.root + "page/" + chosen + "/" + (location.protocol === "file:" ? "index.html" : ""));
})();
