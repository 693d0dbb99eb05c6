using QuantumNet.Parsing.Clients;

namespace QuantumNet.Core.Tests.Parsing.Clients;

public class BoxedTableParserTests
{
    private readonly List<ParseIssue> _issues = [];

    [Fact]
    public void A_show_has_a_field_and_a_value_per_row()
    {
        BoxedTable table = Assert.Single(Parse(Samples.Text("seed/quantum-net-show.txt")));

        Assert.True(table.IsRecord);
        Assert.Equal(11, table.Rows.Count);
        Assert.Equal(["provider:segmentation_id", "1"], table.Rows[5].Cells);
        Assert.Equal(9, table.Rows[5].LineNumber);
        Assert.Empty(_issues);
    }

    [Theory]
    [InlineData("neutron-zed/hybrid+gre/controller/agent-list.table", 3)]
    [InlineData("neutron-zed/hybrid+gre/controller/port-list-long.table", 2)]
    [InlineData("neutron-zed/hybrid+vxlan/controller/security-group-rule-list.table", 4)]
    [InlineData("neutron-zed/ovsfw+vxlan/controller/neutron-port-list.txt", 2)]
    public void Every_line_of_a_list_is_a_row(string path, int rows)
    {
        BoxedTable table = Assert.Single(Parse(Samples.Text(path)));

        Assert.Equal(rows, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Length, row.Cells.Length));
        Assert.Empty(_issues);
    }

    [Fact]
    public void Bars_inside_cells_and_wide_characters_do_not_shift_columns()
    {
        BoxedTable table = Assert.Single(Parse(
            "+----+--------+\n| ID | Name   |\n+----+--------+\n| 1  | a | b  |\n| 2  | 仮想機 |\n+----+--------+\n"));

        Assert.Equal("a | b", table.Rows[0].Cells[1]);
        Assert.Equal("仮想機", table.Rows[1].Cells[1]);
        Assert.Empty(_issues);
    }

    [Fact]
    public void Lines_of_one_cell_belong_together()
    {
        BoxedTable table = Assert.Single(Parse(
            "+----+-----+\n| id | ips |\n+----+-----+\n| 1  | a   |\n|    | b   |\n| 2  | c   |\n+----+-----+\n"));

        Assert.Equal(2, table.Rows.Count);
        Assert.Equal("a\nb", table.Rows[0].Cells[1]);
        Assert.Contains("|    | b   |", table.Rows[0].RawText, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_known_and_anything_else_outside_a_table_is_reported()
    {
        string table = Samples.Text("seed/nova-list.txt");

        Assert.Single(Parse(
            "neutron CLI is deprecated and will be removed in the Z cycle. Use openstack CLI instead.\n" + table));
        Assert.Empty(_issues);
        Assert.Single(Parse(table + "ERROR: something new\n"));
        Assert.Equal((6, "ERROR: something new"), (Assert.Single(_issues).LineNumber, _issues[0].Text));
    }

    [Fact]
    public void A_cut_table_keeps_its_rows_and_is_reported()
    {
        string text = Samples.Text("seed/nova-list.txt");

        BoxedTable table = Assert.Single(Parse(text[..text.TrimEnd().LastIndexOf('\n')]));

        Assert.Single(table.Rows);
        Assert.Equal("Truncated table", Assert.Single(_issues).Reason);
    }

    [Fact]
    public void Never_throws() =>
        Mutations.NeverThrow(Samples.Text("seed/quantum-port-show.txt"), text => Parse(text));

    private List<BoxedTable> Parse(string text) =>
        BoxedTableParser.ParseAll(text, new("controller", "quantum", _issues));
}
