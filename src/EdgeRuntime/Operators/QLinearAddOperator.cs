using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Sums of quantized elements: (a - za) · (sa / sc) + (b - zb) · (sb / sc), each step rounded to float32.</summary>
internal static class QLinearAddOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearAdd op, NodeContext node) => QLinearBinaryKernel.Create<Function>(node);

    private readonly struct Function : QLinearBinaryKernel.IFunction
    {
        public static float Invoke(float a, float b, float factor) => a + b;

        public static void Fill(ElementType type, float scale, int zeroPoint, float resultScale, Span<float> table) => ByteTable.FillValues(type, scale / resultScale, zeroPoint, table);

        public static float Factor(float aScale, float bScale, float resultScale) => 1;
    }
}
