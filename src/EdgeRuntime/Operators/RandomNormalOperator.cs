namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = normally distributed numbers.</summary>
internal static class RandomNormalOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.RandomNormal op, NodeContext node) => RandomFillKernel.Create(isNormal: true, op.Mean, op.Scale, op.Seed, node);
}
