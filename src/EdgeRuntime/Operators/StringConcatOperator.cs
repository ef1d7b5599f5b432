using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>z = x followed by y.</summary>
internal static class StringConcatOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.StringConcat op, NodeContext node) =>
        node.InputType(0) == ElementType.String && node.InputType(1) == ElementType.String ? new Kernel() : throw node.UnsupportedType(0);

    private sealed class Kernel : OperatorKernel
    {
        public override void Run(in KernelArguments arguments) => BroadcastLoop.Run<Body, string, string, string>(
            arguments.Input<string>(0), arguments.InputShape(0), arguments.Input<string>(1), arguments.InputShape(1), arguments.Output<string>(0), arguments.OutputShape(0));
    }

    private readonly struct Body : IBroadcastBody<string, string, string>
    {
        public static string Invoke(string x, string y) => string.Concat(x, y);
    }
}
