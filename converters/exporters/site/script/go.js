// This page only leads on. From a disk a folder would show its list of files, so the way leads to the page inside.
(function () {
  "use strict";
  var target = document.currentScript.dataset.target.split("#");
  if (location.protocol === "file:" && /\/$/.test(target[0])) target[0] += "index.html";
  location.replace(target.join("#"));
})();
