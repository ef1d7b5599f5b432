namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = uniformly distributed numbers.</summary>
internal static class RandomUniformOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.RandomUniform op, NodeContext node) => RandomFillKernel.Create(isNormal: false, op.Low, (double)op.High - op.Low, op.Seed, node);
}
