namespace Toolkit.Onnx.Tests;

public class OperatorTableTests
{
    /// <summary>Operators that are read as the one that replaced them, and so have no record.</summary>
    public static readonly string[] Replaced = ["FlexAttention", "Scatter", "Upsample"];

    [Fact]
    public void The_table_has_every_operator_record_and_nothing_else()
    {
        string[] records = [.. typeof(Operator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract)
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(records, OperatorTable.All.Select(entry => entry.OpType).Except(Replaced).Order(StringComparer.Ordinal));
        Assert.Empty(records.Intersect(Replaced));
    }

    [Fact]
    public void The_table_is_sorted_by_domain_and_name()
    {
        Assert.Equal(
            OperatorTable.All.OrderBy(entry => entry.Domain, StringComparer.Ordinal).ThenBy(entry => entry.OpType, StringComparer.Ordinal),
            OperatorTable.All);
    }

    [Fact]
    public void An_operator_is_found_by_domain_and_name()
    {
        Assert.Equal("Gemm", OperatorTable.Find("", "Gemm")?.OpType);
        Assert.Null(OperatorTable.Find("com.example", "Gemm"));
        Assert.Null(OperatorTable.Find("", "gemm"));
    }

    [Fact]
    public void Every_entry_has_versions_in_order()
    {
        Assert.All(OperatorTable.All, entry => Assert.InRange(entry.SinceVersion, 1, entry.MaxVersion));
    }
}
