using QuantumNet.Faults;

namespace QuantumNet.Core.Tests.Faults;

/// <summary>The catalogue: one entry per code, and causes that lead to a root.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void Catalogue_has_one_entry_per_code() =>
        Assert.Empty(CheckCatalog.All.GroupBy(info => info.Code).Where(group => group.Count() > 1)
            .Select(group => group.Key));

    [Fact]
    public void Checks_raise_codes_of_the_catalogue_under_its_titles() =>
        Assert.All(CheckList.All.SelectMany(check => check.Infos),
            info => Assert.Equal(CheckCatalog.Find(info.Code)?.Title, info.Title));

    [Fact]
    public void Explained_codes_have_entries() =>
        Assert.All(CheckCatalog.All.SelectMany(info => info.Explains),
            code => Assert.True(CheckCatalog.Find(code) is not null, code));

    [Fact]
    public void Causes_never_lead_in_a_circle() =>
        Assert.All(CheckCatalog.All, info => Assert.DoesNotContain(info.Code, Symptoms(info)));

    // A check sees what it judges: of a node alone nothing can be said of a port, of a port nothing of the way
    // to a server.
    [Fact]
    public void Checks_raise_faults_that_lie_within_what_they_judge() =>
        Assert.All(CheckList.All.SelectMany(check => check.Infos.Select(info => (check, info))), pair => Assert.True(
            pair.check.Scope switch
            {
                FaultScope.Path => true,
                FaultScope.Port => pair.info.Scope is FaultScope.Port or FaultScope.Node,
                _ => pair.info.Scope == pair.check.Scope,
            }, $"{pair.check.GetType().Name} judges a {pair.check.Scope}, {pair.info.Code} is of a {pair.info.Scope}"));

    private static HashSet<string> Symptoms(CheckInfo cause)
    {
        HashSet<string> found = [];
        Queue<CheckInfo> left = new([cause]);
        while (left.TryDequeue(out CheckInfo? next))
        {
            foreach (string code in next.Explains.Where(found.Add))
                left.Enqueue(CheckCatalog.Find(code)!);
        }
        return found;
    }
}
