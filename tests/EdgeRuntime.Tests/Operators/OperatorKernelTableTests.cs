using Toolkit.EdgeRuntime.Fusion;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class OperatorKernelTableTests
{
    // Operators that have a record and no kernel, each with the reason.
    private static readonly Dictionary<string, string> WithoutKernel = [];

    [Fact]
    public void Every_record_has_a_kernel_or_a_reason()
    {
        string[] kernels = [.. OperatorKernelTable.Entries.Select(entry => entry.Record.Name)];
        string[] records = [.. typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract).Select(type => type.Name)];
        Assert.NotEmpty(records);
        Assert.Empty(records.Except(kernels).Except(WithoutKernel.Keys));
        Assert.Empty(WithoutKernel.Keys.Intersect(kernels));
    }

    [Fact]
    public void The_table_is_sorted_and_names_no_record_twice()
    {
        string[] names = [.. OperatorKernelTable.Entries.Select(entry => entry.Record.Name).Where(name => name is not (nameof(ByteLookup) or nameof(FusedConv) or nameof(FusedGemm) or nameof(PrecisionCast)))];
        Assert.Equal(names.Order(StringComparer.Ordinal).Distinct(), names);
    }

    [Fact]
    public void Every_kernel_has_a_case()
    {
        IEnumerable<Type> tested = OperatorCases.All.Select(@case => @case.Operator.GetType()).Append(typeof(ByteLookup)).Append(typeof(FusedConv)).Append(typeof(FusedGemm)).Append(typeof(PrecisionCast)).Concat(RandomOperatorTests.Covered).Concat(ControlFlowTests.Covered).Concat(SequenceTests.Covered).Concat(MapTests.Covered);
        Assert.Empty(OperatorKernelTable.Entries.Select(entry => entry.Record).Except(tested).Select(type => type.Name));
    }
}
