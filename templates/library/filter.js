// Filter and search in the catalogue. Neither "less than" nor "ampersand" may stand here: the page is XML as well.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  var shelf = document.getElementById("shelf");
  var count = document.getElementById("count");

{% include "fold.js" %}
  var books = Array.from(shelf.children).map(function (element, place) {
    var data = element.dataset;
    return {
      element: element,
      place: place,
      date: data.date,
      language: data.language,
      subjects: JSON.parse(data.subjects),
      words: fold([element.textContent, data.language].concat(JSON.parse(data.subjects)).join(" "))
    };
  });

  function chosen(name) {
    var field = form.elements.namedItem(name);
    return field ? field.value : "";
  }

  function show() {
    var words = fold(chosen("words")).split(/\s+/);
    var language = chosen("language");
    var subject = chosen("subject");
    var shown = books.filter(function (book) {
      var fits = [
        words.every(function (word) { return book.words.includes(word); }),
        language === "" || book.language === language,
        subject === "" || book.subjects.includes(subject)
      ].every(Boolean);
      book.element.hidden = !fits;
      return fits;
    });
    count.textContent = shown.length === books.length ? "" : shown.length + " of " + books.length + " shown";
  }

  function order() {
    var byDate = chosen("order") === "date";
    books.slice().sort(function (one, other) {
      return (byDate ? other.date.localeCompare(one.date) : 0) || one.place - other.place;
    }).forEach(function (book) { shelf.append(book.element); });
  }

  new URLSearchParams(location.search).forEach(function (value, name) {
    var field = form.elements.namedItem(name);
    if (field) {
      field.value = value;
      if (field.selectedIndex === -1) { field.selectedIndex = 0; }
    }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function (event) {
    if (event.target.name === "order") { order(); }
    show();
  });
  form.hidden = false;
  order();
  show();
})();
