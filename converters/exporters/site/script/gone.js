// Somebody wanted to change a page: what is left of it is to be read.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var asked = /[?&]title=(?:\/|%2F)*([^&]+)/i.exec(location.search);
  if (!asked) return;
  document.querySelectorAll("a[data-view]").forEach(function (link) {
    var inside = location.protocol === "file:" ? link.dataset.file : "";
    link.href = link.dataset.view + asked[1].replace(/^[\/\\]+/, "") + "/" + inside;
    link.closest("ul").hidden = false;
  });
});
