using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Products of quantized elements: (a - za) · (b - zb), which is exact, times sa · sb / sc in float32.</summary>
internal static class QLinearMulOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearMul op, NodeContext node) => QLinearBinaryKernel.Create<Function>(node);

    private readonly struct Function : QLinearBinaryKernel.IFunction
    {
        public static float Invoke(float a, float b, float factor) => a * b * factor;

        public static void Fill(ElementType type, float scale, int zeroPoint, float resultScale, Span<float> table) => ByteTable.FillValues(type, 1, zeroPoint, table);

        public static float Factor(float aScale, float bScale, float resultScale) => aScale * bScale / resultScale;
    }
}
