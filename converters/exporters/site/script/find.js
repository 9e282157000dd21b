// Where no server could be told about the wiki's old addresses: finds the page that an address asks for.
(function () {
  "use strict";
  var told = document.currentScript.dataset;
  var asked = new URLSearchParams(location.search);
  var title = asked.get("title");

  function number(name) {
    return /^[1-9][0-9]*$/.test(asked.get(name) || "") ? asked.get(name) : "";
  }

  function encoded(name) {
    // A title that begins with slashes would lead to another host.
    return name.replace(/^[\/\s]+/, "").replace(/ /g, "_").split("/").map(encodeURIComponent).join("/") + "/";
  }

  function byRevision() {
    var since = ["cur", "0"].indexOf(asked.get("diff")) >= 0, before = asked.get("diff") === "prev";
    if (told.history !== "full") return "";
    if (number("oldid") && since) return "difference/" + number("oldid") + "/current/";
    if (number("oldid") && before) return "difference/" + number("oldid") + "/";
    if (number("diff")) return "difference/" + number("diff") + "/";
    return number("oldid") ? "revision/" + number("oldid") + "/" : "";
  }

  function byTitle() {
    if (!title) return "";
    if (asked.get("action") === "history" && told.history !== "none") return "history/" + encoded(title);
    return told.pages + encoded(title);
  }

  // MediaWiki writes first letters large and spaces as underscores, whatever a link says.
  function mended() {
    var start = new URL(told.root + told.pages, location.href).pathname;
    var path = location.pathname;
    if (path.indexOf(start) !== 0) return "";
    try {
      var name = decodeURIComponent(path.slice(start.length)).replace(/\/$/, "");
    } catch (error) {
      return "";
    }
    var better = (name.charAt(0).toUpperCase() + name.slice(1)).replace(/ /g, "_");
    return better && better !== name ? told.pages + encoded(better) : "";
  }

  var found = (number("curid") && "page/" + number("curid") + "/") || byRevision() || byTitle() || mended();
  if (found) location.replace(told.root + found + (location.protocol === "file:" ? "index.html" : "") + location.hash);
})();
