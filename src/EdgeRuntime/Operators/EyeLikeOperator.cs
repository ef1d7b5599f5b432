using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = 1 on a diagonal, 0 elsewhere.</summary>
internal static class EyeLikeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.EyeLike op, NodeContext node) => node.OutputType(0) switch
    {
        ElementType.Bool => new Kernel<bool>(op.K, true),
        ElementType.BFloat16 => new Kernel<BFloat16>(op.K, (BFloat16)1f),
        var type => TypeDispatch.Number(type, new Factory(op.K)) ?? throw node.UnsupportedType(type, "output 0"),
    };

    private readonly struct Factory(long diagonal) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T>(diagonal, T.One);
    }

    private sealed class Kernel<T>(long diagonal, T one) : OperatorKernel
        where T : unmanaged
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.OutputShape(0);
            Span<T> y = arguments.Output<T>(0);
            y.Clear();
            for (int row = 0; row < shape[0]; row++)
            {
                // Compared before it is added to: k may be any integer.
                if (diagonal >= -row && diagonal < (long)shape[1] - row)
                {
                    y[(row * shape[1]) + row + (int)diagonal] = one;
                }
            }
        }
    }
}
