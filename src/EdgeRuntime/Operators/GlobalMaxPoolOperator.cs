using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The maximum over all spatial axes.</summary>
internal static class GlobalMaxPoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.GlobalMaxPool op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(node),
        ElementType.Float64 => new Kernel<double>(node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int planes = arguments.OutputShape(0).Length;
            if (planes == 0)
            {
                return;
            }

            if (x.Length == 0)
            {
                throw node.BadValue($"expected spatial axes with elements, got {x}.");
            }

            Pooling.GlobalMax(arguments.Input<T>(0), arguments.Output<T>(0), [], planes, x.Length / planes, arguments.Workers);
        }
    }
}
