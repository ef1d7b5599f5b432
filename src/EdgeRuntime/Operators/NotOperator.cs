namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = not x.</summary>
internal sealed class NotOperator : OperatorKernel
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Not op, NodeContext node) => new NotOperator();

    /// <inheritdoc/>
    public override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        ReadOnlySpan<bool> x = arguments.Input<bool>(0);
        Span<bool> y = arguments.Output<bool>(0);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = !x[i];
        }
    }
}
