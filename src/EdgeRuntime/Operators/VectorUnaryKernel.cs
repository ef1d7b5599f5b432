using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Element-wise functions of real numbers: float32 and float64 by vector kernels, float16 by way of float32.</summary>
internal static class VectorUnaryKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TOperation>(NodeContext node, TOperation operation = default)
        where TOperation : struct, IUnaryOperation => node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<TOperation, float>(operation),
            ElementType.Float64 => new Kernel<TOperation, double>(operation),
            ElementType.Float16 => new HalfKernel<TOperation>(operation),
            _ => throw node.UnsupportedType(0),
        };

    private sealed class Kernel<TOperation, T>(TOperation operation) : OperatorKernel
        where TOperation : struct, IUnaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments) => ElementWise.Unary(operation, arguments.Input<T>(0), arguments.Output<T>(0), arguments.Workers);
    }

    private sealed class HalfKernel<TOperation>(TOperation operation) : OperatorKernel
        where TOperation : struct, IUnaryOperation
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<Half> x = arguments.Input<Half>(0);
            Span<Half> y = arguments.Output<Half>(0);
            Span<float> block = stackalloc float[256];
            while (x.Length > 0)
            {
                Span<float> part = block[..Math.Min(block.Length, x.Length)];
                for (int i = 0; i < part.Length; i++)
                {
                    part[i] = (float)x[i];
                }

                ElementWise.Unary(operation, part, part, WorkerPool.Serial);
                for (int i = 0; i < part.Length; i++)
                {
                    y[i] = (Half)part[i];
                }

                x = x[part.Length..];
                y = y[part.Length..];
            }
        }
    }
}
