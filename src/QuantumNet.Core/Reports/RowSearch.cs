using System.Security.Cryptography;
using System.Text;

namespace QuantumNet.Reports;

/// <summary>The box that narrows a page of many ports to what is typed. It is hidden until its script runs: without
/// scripts the page reads as it always did.</summary>
internal static class RowSearch
{
    // Only reads text and sets hidden, so that no name of a node can become anything but text.
    // No sign that XML would write otherwise: the page is XHTML, too, and the hash is of what stands here.
    private const string Script = """

        (function () {
          var box = document.getElementById('search'), count = document.getElementById('found');
          function all(selector) { return Array.from(document.querySelectorAll(selector)); }
          function textOf(one) { return one ? one.textContent.toLowerCase() + ' ' : ''; }
          var ports = all('section.cause details.one, section.cause tbody tr, #fine tbody tr').filter(
            function (one) { return !one.parentElement.closest('details.one'); });
          var causes = all('#causes tbody tr').map(function (row) {
            return { row: row, part: document.getElementById(row.querySelector('a').hash.slice(1)) };
          });
          var portTexts = ports.map(function (port) {
            return textOf(port) + textOf(port.closest('section').querySelector('h2'));
          });
          var causeTexts = causes.map(function (cause) { return textOf(cause.row) + textOf(cause.part); });
          var folded = all('#fine details, section.cause > details:not(.one)');
          function narrow() {
            var words = box.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
            function fits(text) { return words.every(function (word) { return text.includes(word); }); }
            ports.forEach(function (port, i) {
              port.hidden = !fits(portTexts[i]);
              if (!port.hidden) shown++;
            });
            causes.forEach(function (cause, i) { cause.row.hidden = cause.part.hidden = !fits(causeTexts[i]); });
            if (words.length) folded.forEach(function (one) { one.open = true; });
            count.textContent = words.length ? shown + ' of ' + ports.length + ' ports' : '';
          }
          box.addEventListener('input', narrow);
          box.addEventListener('keydown', function (event) {
            if (event.key === 'Escape') { box.value = ''; narrow(); }
          });
          box.closest('.search').hidden = false;
          narrow();
        })();

        """;

    private static readonly string s_script = Script.ReplaceLineEndings("\n");

    /// <summary>What the page's policy allows: this script, by its hash, and no other.</summary>
    public static string Source { get; } =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_script)))}'";

    /// <summary>Writes the box.</summary>
    public static void WriteBox(MarkupWriter page)
    {
        page.Open("p", ("class", "search"), ("hidden", "hidden"), ("role", "search"));
        page.Element("label", "Search", ("for", "search")).Text(" ");
        page.Empty("input", ("id", "search"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false"),
            ("placeholder", "port, instance, node, code ..."), ("aria-describedby", "found"));
        page.Text(" ").Element("span", "", ("id", "found"), ("class", "muted"), ("role", "status")).Close().Line();
    }

    /// <summary>Writes the script, behind all that it looks for.</summary>
    public static void WriteScript(MarkupWriter page) => page.Open("script").Raw(s_script).Close().Line();
}
