using Spectre.Console;

namespace Toolkit.Cli.Frame;

/// <summary>Tables in one style. Cell text is taken as it is: brackets are no markup.</summary>
internal static class Tables
{
    /// <summary>A table with a heading a column.</summary>
    public static Table Create(params string[] headings)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        }

        return table;
    }

    /// <summary>A table of names and values without headings.</summary>
    public static Table Facts()
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn(""));
        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
