/* A language is one chip or one line of the list, not both. */
(function () {
  "use strict";
  document.querySelectorAll("select[data-instead-of]").forEach(function (list) {
    var chips = document.getElementsByName(list.dataset.insteadOf);
    list.addEventListener("change", function () {
      chips.forEach(function (chip) { chip.checked = chip.checked && !list.value; });
    });
    chips.forEach(function (chip) {
      chip.addEventListener("change", function () { list.value = ""; });
    });
  });
})();
