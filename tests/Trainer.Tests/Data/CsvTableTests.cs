using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class CsvTableTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Types_are_inferred_from_all_values()
    {
        CsvTable table = Read("n,d,c,t\n1,2011-01-31,a,x\n-2.5e3,2011-02-01T13:30:00,b,y\n.5,2012-02-29,a,z\n 4 ,2011-01-01,b,w\n");
        Assert.Equal(["n", "d", "c", "t"], table.ColumnNames);
        Assert.Equal([ColumnKind.Number, ColumnKind.Date, ColumnKind.Category, ColumnKind.Text], table.Columns.Select(column => column.Kind));
        Assert.Equal(4, table.RowCount);
        Assert.Equal([1, -2500, 0.5, 4], table.Numbers("n").ToArray());
        Assert.Equal(new DateTime(2011, 2, 1, 13, 30, 0), table.Dates("d")[1]);
        Assert.Equal([0, 1, 0, 1], table.Codes("c").ToArray());
        Assert.Equal(["a", "b"], table.Levels("c"));
        Assert.Equal(["x", "y", "z", "w"], table.Texts("t"));
    }

    [Fact]
    public void Quoted_fields_hold_delimiters_line_ends_and_doubled_quotes()
    {
        CsvTable table = Read("a,\"b,\"\"c\"\"\"\r\n\"1,5\",\"two\nlines\"\r\n\"\",\" \"\r\n", new CsvOptions { Columns = [CsvColumn.Text("a"), CsvColumn.Text("b,\"c\"")] });
        Assert.Equal(["1,5", ""], table.Texts("a"));
        Assert.Equal(["two\nlines", " "], table.Texts("b,\"c\""));
        Assert.Equal("test.csv line 2", table.Place(0));
        Assert.Equal("test.csv line 4", table.Place(1));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_may_be_left_out()
    {
        var options = new CsvOptions { Columns = [CsvColumn.Category("y", "b", "a"), CsvColumn.Number("x")] };
        CsvTable all = Read("x,other,y\n1,2,a\n3,4,b\n", options);
        Assert.Equal(["x", "other", "y"], all.ColumnNames);
        Assert.Equal([1, 0], all.Codes("y").ToArray());
        Assert.Equal(["b", "a"], all.Levels("y"));
        Assert.Equal(["x", "y"], Read("x,other,y\n1,2,a\n3,4,b\n", options with { OnlyNamedColumns = true }).ColumnNames);
    }

    [Fact]
    public void A_file_without_a_header_has_the_names_it_is_given_or_numbered_ones()
    {
        Assert.Equal(["c1", "c2"], Read("1;2\n3;4\n", new CsvOptions { HasHeader = false, Delimiter = ';' }).ColumnNames);
        CsvTable named = Read("1\tb\n\n3\ta", new CsvOptions { HasHeader = false, Delimiter = '\t', Columns = [CsvColumn.Number("x"), CsvColumn.Category("y")] });
        Assert.Equal([1, 3], named.Numbers("x").ToArray());
        Assert.Equal(["a", "b"], named.Levels("y"));
        Assert.Equal([1, 0], named.Codes("y").ToArray());
        Assert.Equal("test.csv line 3", named.Place(1));
    }

    [Fact]
    public void Dates_may_have_a_form_of_their_own() =>
        Assert.Equal(new DateTime(2011, 12, 31), Read("d\n31.12.2011\n", new CsvOptions { Columns = [CsvColumn.Date("d", "dd.MM.yyyy")] }).Dates("d")[0]);

    [Fact]
    public void Levels_that_are_numbers_are_in_the_order_of_numbers() =>
        Assert.Equal(["-1", "2", "10"], Read("a,b\n10,x\n2,x\n-1,x\n10,x\n", new CsvOptions { Columns = [CsvColumn.Category("a")] }).Levels("a"));

    [Fact]
    public void A_missing_value_is_refused_kept_or_drops_its_row()
    {
        const string Text = "n,c\n1,a\n?,b\n3,NA\n";
        CsvColumn[] columns = [CsvColumn.Number("n"), CsvColumn.Category("c")];
        Assert.Equal(
            "test.csv line 3: expected a value in column 'n', got '?', which stands for a missing one; fill it in, or set CsvOptions.Missing to Keep or DropRow.",
            Fails(Text, new CsvOptions { Columns = columns }));
        CsvTable kept = Read(Text, new CsvOptions { Columns = columns, Missing = MissingValues.Keep });
        Assert.Equal([1, double.NaN, 3], kept.Numbers("n").ToArray());
        Assert.Equal([0, 1, -1], kept.Codes("c").ToArray());
        Assert.Equal(["1", "", "3"], kept.Texts("n"));
        Assert.Contains("test.csv line 3: expected a number in column 'n', got none", Assert.Throws<DatasetException>(() => kept.ToTensor("n")).Message, StringComparison.Ordinal);
        CsvTable dropped = Read(Text, new CsvOptions { Columns = columns, Missing = MissingValues.DropRow });
        Assert.Equal([1], dropped.Numbers("n").ToArray());
    }

    [Fact]
    public void A_text_that_is_a_level_is_not_missing() =>
        Assert.Equal([0], Read("c\nNA\n", new CsvOptions { Columns = [CsvColumn.Category("c", "NA", "EU")] }).Codes("c").ToArray());

    [Fact]
    public void A_missing_column_is_named_with_those_there_are() => Assert.Equal(
        "test.csv line 1: expected the column 'temp', got only 'a', 'b'; check the header and the delimiter ','.",
        Fails("a,b\n1,2\n", new CsvOptions { Columns = [CsvColumn.Number("a"), CsvColumn.Number("temp")] }));

    [Fact]
    public void A_column_that_is_asked_for_later_and_is_not_there_is_named_with_those_there_are() => Assert.Equal(
        "test.csv: expected a column 'c', got only 'a', 'b'.",
        Assert.Throws<DatasetException>(() => _ = Read("a,b\n1,2\n").Numbers("c")).Message);

    [Theory]
    [InlineData("x")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    public void A_value_that_is_no_number_is_named_with_line_and_column(string value) => Assert.Equal(
        $"test.csv line 3: expected a number in column 'a', got '{value}'.",
        Fails($"a;b\n1;2\n{value};3\n", new CsvOptions { Delimiter = ';', Columns = [CsvColumn.Number("a")] }));

    [Fact]
    public void A_value_that_is_no_date_or_no_level_is_named()
    {
        Assert.Equal("test.csv line 2: expected a date as 2011-01-31 or 2011-01-31T23:00:00 in column 'a', got '31/01/2011'.", Fails("a\n31/01/2011\n", new CsvOptions { Columns = [CsvColumn.Date("a")] }));
        Assert.Equal("test.csv line 2: expected one of 'x', 'y' in column 'a', got 'z'.", Fails("a\nz\n", new CsvOptions { Columns = [CsvColumn.Category("a", "x", "y")] }));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\"open\n5,6\n7,8\n", 3)]
    [InlineData("a,b\n\"x\ny\",2\n\"two\nlines\",\"open\n5,6\n", 5)]
    [InlineData("a,b\n1,\"open\n3,\"closes it\"\n", 2)]
    [InlineData("\"a,b\n1,2\n", 1)]
    public void A_quote_that_is_not_closed_is_found_where_it_was_opened(string text, int line) => Assert.Equal(
        $"test.csv line {line}: expected a closing quote (\"), got the end of the file; close it, or double a quote that belongs to a value.",
        Fails(text));

    [Theory]
    [InlineData("", true, "test.csv: expected a CSV table, got an empty file.")]
    [InlineData("\n\r\n \n", true, "test.csv: expected a CSV table, got an empty file.")]
    [InlineData("a,b\n", true, "test.csv: expected rows of values, got 0 rows after the header.")]
    [InlineData("", false, "test.csv: expected a CSV table, got an empty file.")]
    public void No_rows_are_an_error(string text, bool header, string message) => Assert.Equal(message, Fails(text, new CsvOptions { HasHeader = header }));

    [Fact]
    public void No_rows_that_miss_nothing_are_an_error() => Assert.Equal(
        "test.csv: expected rows of values, got 0 rows that miss no value.", Fails("a\n?\n", new CsvOptions { Missing = MissingValues.DropRow }));

    [Theory]
    [InlineData("a,b\n1,2\n\n3\n", true, "test.csv line 4: expected 2 fields as in the header, got 1; quote a value that holds the delimiter ','.")]
    [InlineData("a,b\n1,2,3\n", true, "test.csv line 2: expected 2 fields as in the header, got 3; quote a value that holds the delimiter ','.")]
    [InlineData("1,2\n3,4,5\n", false, "test.csv line 2: expected 2 fields as in the first row, got 3; quote a value that holds the delimiter ','.")]
    public void A_wrong_number_of_fields_is_an_error(string text, bool header, string message) => Assert.Equal(message, Fails(text, new CsvOptions { HasHeader = header }));

    [Fact]
    public void A_file_of_other_columns_than_named_is_an_error_at_its_first_line() => Assert.Equal(
        "test.csv line 1: expected 3 fields, got 2; quote a value that holds the delimiter ','.",
        Fails("1,2\n", new CsvOptions { HasHeader = false, Columns = [CsvColumn.Number("a"), CsvColumn.Number("b"), CsvColumn.Number("c")] }));

    [Fact]
    public void Two_columns_of_one_name_are_an_error() =>
        Assert.Equal("test.csv line 1: expected distinct column names, got 'a' for columns 1 and 3; rename one.", Fails("a,b,a\n1,2,3\n"));

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it()
    {
        string message = Assert.Throws<DatasetException>(() => CsvTable.Read(_root["none.csv"])).Message;
        Assert.StartsWith($"{_root["none.csv"]}: the file cannot be read", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_with_and_without_a_byte_order_mark()
    {
        File.WriteAllText(_root["a.csv"], "größe\n1\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        CsvTable table = CsvTable.Read(_root["a.csv"]);
        Assert.Equal(["größe"], table.ColumnNames);
        Assert.Equal($"{_root["a.csv"]} line 2", table.Place(0));
    }

    [Fact]
    public void Binary_files_are_refused_not_crashed_on()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            File.WriteAllBytes(_root["noise.csv"], bytes);
            try
            {
                Assert.True(CsvTable.Read(_root["noise.csv"]).RowCount > 0);
            }
            catch (DatasetException exception)
            {
                Assert.StartsWith(_root["noise.csv"], exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Rows_and_columns_are_selected_and_keep_their_lines()
    {
        CsvTable table = Read("a,b\n1,x\n2,y\n3,x\n4,y\n");
        CsvTable picked = table.Select(3, 0, 3);
        Assert.Equal([4, 1, 4], picked.Numbers("a").ToArray());
        Assert.Equal(["y", "x", "y"], picked.Texts("b"));
        Assert.Equal("test.csv line 5", picked.Place(0));
        Assert.Equal([2, 3], table.Rows(1..^1).Numbers("a").ToArray());
        Assert.Equal(["b"], table.Without("a").ColumnNames);
        Assert.Equal([2, 4, 6, 8], table.WithNumbers("c", [2, 4, 6, 8]).Numbers("c").ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Select(4));
        Assert.Throws<ArgumentException>(() => table.WithNumbers("a", [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => table.WithNumbers("c", [1]));
    }

    [Fact]
    public void Numbers_become_a_tensor_in_the_order_asked_for()
    {
        CsvTable table = CsvTable.FromNumbers("made", ("a", [1, 2]), ("b", [3, 4]));
        Assert.Equal([3, 1, 4, 2], table.ToTensor("b", "a").ToArray());
        Assert.Equal([2, 2], table.ToTensor("b", "a").Shape);
        Assert.Equal("made row 1", table.Place(1));
        Assert.Contains("of kind Date, got Number", Assert.Throws<DatasetException>(() => _ = table.Dates("a")).Message, StringComparison.Ordinal);
    }

    private static CsvTable Read(string text, CsvOptions? options = null) => CsvTable.Read(new StringReader(text), options, "test.csv");

    private static string Fails(string text, CsvOptions? options = null) => Assert.Throws<DatasetException>(() => Read(text, options)).Message;
}
