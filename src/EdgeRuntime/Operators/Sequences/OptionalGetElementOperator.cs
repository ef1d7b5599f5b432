using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What an optional holds.</summary>
internal static class OptionalGetElementOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.OptionalGetElement op, NodeContext node) => node.ValueType(0) is TensorType ? CopyKernel.CreateView(node) : new Kernel(node);

    private sealed class Kernel(NodeContext node) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            arguments.SetOutput(0, arguments.Inputs[0] is OnnxOptional optional
                ? optional.Value ?? throw node.BadValue("expected an optional that holds a value, got one that holds nothing.")
                : arguments.Inputs[0]!);
        }
    }
}
