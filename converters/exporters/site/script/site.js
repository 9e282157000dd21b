// Opened from a disk, a folder would show its list of files: links lead to the page inside.
if (location.protocol === "file:") {
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("a[href]").forEach(function (link) {
      var parts = link.getAttribute("href").split("#");
      if (/^[a-z][a-z0-9+.-]*:/i.test(parts[0]) || !/\/$/.test(parts[0])) return;
      link.setAttribute("href", [parts[0] + "index.html"].concat(parts.slice(1)).join("#"));
    });
  });
}
