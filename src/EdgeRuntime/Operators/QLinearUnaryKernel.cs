using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>An element-wise function of quantized elements by a table: each entry is what dequantizing, the float32 kernel and quantizing give.</summary>
internal static class QLinearUnaryKernel
{
    /// <summary>The kernel of a node with the inputs x, x_scale, x_zero_point, y_scale, y_zero_point.</summary>
    public static OperatorKernel Create<TOperation>(NodeContext node, TOperation operation = default)
        where TOperation : struct, IUnaryOperation
    {
        ByteTable.RequireScales(node, 1, 3);
        return new Kernel<TOperation>(operation);
    }

    private sealed class Kernel<TOperation>(TOperation operation) : OperatorKernel
        where TOperation : struct, IUnaryOperation
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            ElementType type = arguments.OutputTensor(0).ElementType;
            Span<float> values = stackalloc float[ByteTable.Length];
            Span<byte> table = stackalloc byte[ByteTable.Length];
            ByteTable.FillValues(type, ByteTable.Scale(arguments, 1), ByteTable.ZeroPoint(arguments, 2), values);
            ElementWise.Unary(operation, values, values, WorkerPool.Serial);
            ByteTable.Fill(values, ByteTable.Scale(arguments, 3), ByteTable.ZeroPoint(arguments, 4), type, table);
            ByteTable.Apply(table, arguments.InputTensor(0).Bytes, arguments.OutputTensor(0).Bytes);
        }
    }
}
