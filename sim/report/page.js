'use strict';
// Heads of columns become buttons that sort: numbers by data-v, words as the language does.
document.querySelectorAll('table.sort').forEach(function (table) {
  var body = table.tBodies[0];
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  function key(row, column) {
    var cell = row.cells[column];
    return cell.hasAttribute('data-v') ? parseFloat(cell.getAttribute('data-v')) : cell.textContent;
  }
  function order(column, sign) {
    return function (a, b) {
      var x = key(a, column), y = key(b, column);
      var words = typeof x === 'string', others = typeof y === 'string';
      if (words && others) return sign * compare(x, y);
      if (words !== others) return sign * (words - others); // numbers, then words
      if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y); // what is not known stays below
      return sign * (x - y);
    };
  }
  heads.forEach(function (head, column) {
    var button = document.createElement('button');
    button.type = 'button';
    while (head.firstChild) button.appendChild(head.firstChild);
    head.appendChild(button);
    head.setAttribute('aria-sort', 'none');
    button.addEventListener('click', function () {
      var down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(function (other) { other.setAttribute('aria-sort', 'none'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      Array.prototype.slice.call(body.rows).sort(order(column, down ? -1 : 1)).forEach(function (row) {
        body.appendChild(row);
      });
    });
  });
});
