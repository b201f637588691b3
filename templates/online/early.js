// What the reader has chosen, put in force before anything is drawn. Neither "less than" nor "ampersand" may stand here: the page
// is XML as well.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "samizdat-reader";
  var chosen = {};

  function apply() {
    ["theme", "width", "face"].forEach(function (name) {
      if (chosen[name]) { root.dataset[name] = chosen[name]; } else { delete root.dataset[name]; }
    });
    root.style.setProperty("--zoom", (Number(chosen.size) || 100) / 100);
  }

  // a page from a disk may have no memory
  try { chosen = JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { chosen = {}; }
  apply();
  window.samizdat = {
    chosen: function () { return chosen; },
    choose: function (values) {
      chosen = values;
      apply();
      try { localStorage.setItem(key, JSON.stringify(values)); } catch (error) { return; }
    }
  };
  // the text's own type is at hand: not only when the first letter is drawn
  const own = document.fonts.values().next().value;
  if (own) { own.load(); }
  // a long page is laid out bit by bit by reader.js, unless it begins in the middle, whether by its address or where one was
  if (root.dataset.page === "") {
    var way = performance.getEntriesByType("navigation")[0];
    if (location.hash === "") { root.classList.toggle("rolled", way ? way.type === "navigate" : false); }
  }
  if (root.dataset.script) {
    var script = document.createElement("script");
    script.src = root.dataset.script;
    document.head.append(script);
  }
})();
