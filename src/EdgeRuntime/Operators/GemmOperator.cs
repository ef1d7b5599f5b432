using System.Numerics;
using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Gemm;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Y = activation(alpha · A' · B' + beta · C). A constant B is packed when the model is loaded, alpha already in it; a constant C that is the
/// same for every row becomes the product's bias.
/// </summary>
internal static class GemmOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => Prepare(op, ActivationKind.None, node);

    /// <summary>The kernel of a node that carries its activation.</summary>
    public static OperatorKernel Prepare(FusedGemm op, NodeContext node) => Prepare(op.Gemm, op.Activation, node);

    private static OperatorKernel Prepare(Record op, ActivationKind activation, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 when !op.TransA && node.Constant(1) is Tensor<float> b && BiasOf(op, node, b.Shape[op.TransB ? 0 : 1]) is { } bias =>
            new PackedKernel(Pack(op, b), bias, activation),
        ElementType.Float32 => new RealKernel<float>(op, activation),
        ElementType.Float64 => new RealKernel<double>(op, activation),
        ElementType.Int32 => new IntegerKernel<int>(op),
        ElementType.Int64 => new IntegerKernel<long>(op),
        ElementType.UInt32 => new IntegerKernel<uint>(op),
        ElementType.UInt64 => new IntegerKernel<ulong>(op),
        _ => throw node.UnsupportedType(0),
    };

    private static PackedMatrix Pack(Record op, Tensor<float> b)
    {
        ReadOnlySpan<float> values = b.Span;
        if (op.Alpha != 1)
        {
            var scaled = new float[values.Length];
            for (int i = 0; i < scaled.Length; i++)
            {
                scaled[i] = op.Alpha * values[i];
            }

            values = scaled;
        }

        int n = b.Shape[op.TransB ? 0 : 1];
        int k = b.Shape[op.TransB ? 1 : 0];
        return Numerics.Kernels.Gemm.Pack(op.TransB, n, k, values, b.Shape[1]);
    }

    // beta · C as one row; empty where there is no C; null where C is not a constant row.
    private static float[]? BiasOf(Record op, NodeContext node, int n)
    {
        if (!node.HasInput(2))
        {
            return [];
        }

        if (node.Constant(2) is not Tensor<float> c || (c.Shape.Rank == 2 && c.Shape[0] != 1) || (c.Length != n && c.Length != 1))
        {
            return null;
        }

        var bias = new float[n];
        for (int i = 0; i < n; i++)
        {
            bias[i] = op.Beta * c.Span[c.Length == 1 ? 0 : i];
        }

        return bias;
    }

    private sealed class PackedKernel(PackedMatrix b, float[] bias, ActivationKind activation) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape a = arguments.InputShape(0);
            Numerics.Kernels.Gemm.Multiply(a[0], arguments.Input<float>(0), a[1], b, arguments.Output<float>(0), b.Columns, bias, activation, arguments.Workers);
        }
    }

    private sealed class RealKernel<T>(Record op, ActivationKind activation) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape a = arguments.InputShape(0);
            Shape b = arguments.InputShape(1);
            Shape y = arguments.OutputShape(0);
            Span<T> product = arguments.Output<T>(0);
            bool hasC = arguments.HasInput(2) && op.Beta != 0;
            if (hasC)
            {
                CopyBroadcast(arguments.Input<T>(2), arguments.InputShape(2), product, y);
            }

            Numerics.Kernels.Gemm.Multiply(
                op.TransA, op.TransB, y[0], y[1], a[op.TransA ? 0 : 1], T.CreateTruncating(op.Alpha), arguments.Input<T>(0), a[1], arguments.Input<T>(1), b[1],
                hasC ? T.CreateTruncating(op.Beta) : T.Zero, product, y[1], [], activation, arguments.Workers);
        }
    }

    private sealed class IntegerKernel<T>(Record op) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape a = arguments.InputShape(0);
            Shape b = arguments.InputShape(1);
            Shape y = arguments.OutputShape(0);
            Span<T> product = arguments.Output<T>(0);
            T beta = T.CreateTruncating(op.Beta);
            T alpha = T.CreateTruncating(op.Alpha);
            product.Clear();
            if (arguments.HasInput(2))
            {
                CopyBroadcast(arguments.Input<T>(2), arguments.InputShape(2), product, y);
            }

            ReadOnlySpan<T> left = arguments.Input<T>(0);
            ReadOnlySpan<T> right = arguments.Input<T>(1);
            int depth = a[op.TransA ? 0 : 1];
            for (int i = 0; i < y[0]; i++)
            {
                for (int j = 0; j < y[1]; j++)
                {
                    T sum = T.Zero;
                    for (int k = 0; k < depth; k++)
                    {
                        sum += left[op.TransA ? (k * a[1]) + i : (i * a[1]) + k] * right[op.TransB ? (j * b[1]) + k : (k * b[1]) + j];
                    }

                    ref T target = ref product[(i * y[1]) + j];
                    target = (alpha * sum) + (beta * target);
                }
            }
        }
    }

    private static void CopyBroadcast<T>(ReadOnlySpan<T> c, Shape shape, Span<T> y, Shape target)
    {
        Span<int> strides = stackalloc int[Shape.MaxRank];
        BroadcastLoop.FillStrides(shape, target.Rank, strides);
        StridedCopy.Run(c, 0, strides[..target.Rank], target.Dimensions, y);
    }
}
