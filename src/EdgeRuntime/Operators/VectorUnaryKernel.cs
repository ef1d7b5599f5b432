using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Element-wise functions of real numbers: float32 and float64 by vector kernels.</summary>
internal static class VectorUnaryKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TOperation>(NodeContext node, TOperation operation = default)
        where TOperation : struct, IUnaryOperation => node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<TOperation, float>(operation),
            ElementType.Float64 => new Kernel<TOperation, double>(operation),
            _ => throw node.UnsupportedType(0),
        };

    private sealed class Kernel<TOperation, T>(TOperation operation) : OperatorKernel
        where TOperation : struct, IUnaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments) => ElementWise.Unary(operation, arguments.Input<T>(0), arguments.Output<T>(0), arguments.Workers);
    }
}
