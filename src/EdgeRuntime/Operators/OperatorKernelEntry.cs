using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Which record an operator's kernels are made of, and how.</summary>
internal sealed record OperatorKernelEntry(Type Record, Func<Operator, NodeContext, OperatorKernel> Prepare)
{
    /// <summary>The entry of a record type.</summary>
    public static OperatorKernelEntry Of<TOperator>(Func<TOperator, NodeContext, OperatorKernel> prepare)
        where TOperator : Operator => new(typeof(TOperator), (op, node) => prepare((TOperator)op, node));
}
