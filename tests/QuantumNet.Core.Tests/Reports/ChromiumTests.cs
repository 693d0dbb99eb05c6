using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Reports;

namespace QuantumNet.Core.Tests.Reports;

/// <summary>The page in a real browser: nothing runs, nothing is loaded, nothing is clipped,
/// all text can be selected.</summary>
public sealed class ChromiumTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    public static TheoryData<string, int> Pages => new()
    {
        { "broken", 1280 }, { "broken", 390 }, { "fleet", 1280 }, { "fleet", 390 },
        { "hostile", 1280 }, { "hostile", 390 },
    };

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public void A_page_fits_its_window_and_keeps_quiet(string name, int width)
    {
        Skip.IfNot(Tool.IsThere("chromium"), "chromium is not installed");
        List<DhcpPathResult> results = name switch
        {
            "broken" => [ReportSamples.Broken],
            "fleet" => ReportSamples.Fleet(),
            _ => [ReportSamples.Hostile()],
        };
        string html = DhcpPathReport.Render(results, new ReportContext { CreatedAt = DateTime.UnixEpoch });
        (JsonElement seen, string console) = Measure(html, width);
        Assert.Equal("", console);
        Assert.Equal(width, seen.GetProperty("width").GetInt32());
        Assert.InRange(seen.GetProperty("scrollWidth").GetInt32(), 1, width);
        Assert.Equal("", seen.GetProperty("outside").GetString());
        Assert.Equal("", seen.GetProperty("overflowing").GetString());
        Assert.Equal(name == "fleet" ? 1 : 0, seen.GetProperty("scripts").GetInt32());
        Assert.Equal(0, seen.GetProperty("resources").GetInt32());
        Assert.True(seen.GetProperty("drawings").GetInt32() > 0);
        string selected = seen.GetProperty("selected").GetString()!;
        Assert.Contains("Open vSwitch bridge", selected, StringComparison.Ordinal);
        Assert.Contains(VisibleText.Of(results[0].Findings[0].Message), selected, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("*", 1)]
    [InlineData("nothing of the kind", 0)]
    [InlineData("", 0, true)]
    public void The_box_narrows_the_page_to_what_is_typed(string typed, int least, bool isAll = false)
    {
        Skip.IfNot(Tool.IsThere("chromium"), "chromium is not installed");
        string html = DhcpPathReport.Render([.. ReportSamples.Fleet(), ReportSamples.Hostile()],
            new ReportContext { CreatedAt = DateTime.UnixEpoch });
        string frame = Frame(html, 390).Replace("const frame =", $$"""
            const box = document.getElementById('page').contentDocument.getElementById('search');
            box.value = '{{(typed == "*" ? ReportSamples.Fleet()[0].InstanceName : typed)}}'; box.dispatchEvent(new Event('input')); const frame =
            """, StringComparison.Ordinal);
        (JsonElement seen, string console) = MeasureFrame(frame);
        Assert.Equal("", console);
        int all = seen.GetProperty("ports").GetInt32(), shown = seen.GetProperty("shown").GetInt32();
        Assert.True(isAll ? shown == all : shown >= least && shown < all, $"{shown} of {all}");
        Assert.Equal(isAll ? "" : $"{shown} of {all} ports", seen.GetProperty("found").GetString());
    }

    /// <summary>Shows the page in a frame of that width, all that is folded opened, and reads what
    /// the frame looks like.</summary>
    private static (JsonElement Seen, string Console) Measure(string html, int width) =>
        MeasureFrame(Frame(html, width));

    private static (JsonElement Seen, string Console) MeasureFrame(string text)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-page-").FullName;
        try
        {
            string frame = Path.Combine(folder, "frame.html");
            File.WriteAllText(frame, text);
            (string dom, string errors) = Chromium("--dump-dom", $"--user-data-dir={Path.Combine(folder, "profile")}",
                "--enable-logging=stderr", new Uri(frame).AbsoluteUri);
            int start = dom.IndexOf("<pre id=\"seen\">", StringComparison.Ordinal) + "<pre id=\"seen\">".Length;
            string json = WebUtility.HtmlDecode(dom[start..dom.IndexOf("</pre>", start, StringComparison.Ordinal)]);
            return (JsonDocument.Parse(json).RootElement, string.Join('\n',
                errors.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Frame(string html, int width) => $$"""
        <!DOCTYPE html><html><body style="margin:0">
        <iframe id="page" style="border:0;height:900px;width:{{width.ToString(CultureInfo.InvariantCulture)}}px" srcdoc="{{WebUtility.HtmlEncode(html)}}"></iframe><pre id="seen"></pre>
        <script>
        window.onload = () => {
          const frame = document.getElementById('page').contentWindow, page = frame.document, root = page.documentElement;
          page.querySelectorAll('details').forEach(one => one.open = true);
          page.defaultView.getSelection().selectAllChildren(page.body);
          const name = one => one.tagName + '.' + (one.getAttribute('class') || '') + ' ' + one.textContent.slice(0, 60);
          const outside = [...page.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > root.clientWidth + 0.5 || one.getBoundingClientRect().left < -0.5);
          const texts = [...page.querySelectorAll('svg.path text')].filter(one => ['kind', 'name', 'detail', 'note', 'head'].includes(one.getAttribute('class').split(' ')[0]));
          const overflowing = texts.filter(one => { const box = one.getBBox(), head = one.getAttribute('class') === 'head'; return box.x < (head ? 1 : 46) || box.x + box.width > (head ? 355 : 310); });
          document.getElementById('seen').textContent = JSON.stringify({
            width: frame.innerWidth, scrollWidth: root.scrollWidth, outside: outside.slice(0, 3).map(name).join('; '), overflowing: overflowing.slice(0, 3).map(name).join('; '),
            ports: page.querySelectorAll('section.cause > details.one, section.cause > details:not(.one) tbody tr, #fine tbody tr').length, found: (page.getElementById('found') || root).textContent,
            shown: page.querySelectorAll('section.cause > details.one:not([hidden]), section.cause > details:not(.one) tbody tr:not([hidden]), #fine tbody tr:not([hidden])').length,
            scripts: page.scripts.length, resources: frame.performance.getEntriesByType('resource').length, drawings: page.querySelectorAll('svg.path').length, selected: frame.getSelection().toString() });
        };
        </script></body></html>
        """;

    private static (string Output, string Errors) Chromium(params string[] arguments)
    {
        string[] quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        var start = new ProcessStartInfo("chromium", quiet.Concat(arguments)) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_deadline))
            process.Kill(entireProcessTree: true);
        return (output.Result, errors.Result);
    }
}
