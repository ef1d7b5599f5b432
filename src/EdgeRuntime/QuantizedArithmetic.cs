namespace Toolkit.EdgeRuntime;

/// <summary>How a model with QuantizeLinear and DequantizeLinear around its operators is computed.</summary>
public enum QuantizedArithmetic
{
    /// <summary>
    /// DequantizeLinear → operator → QuantizeLinear is one operator on integers, as ONNX Runtime's CPU kernels have it. A result may differ from <see cref="SpecUnfused"/>
    /// by one step of its scale, where a number lies between two.
    /// </summary>
    Fused,

    /// <summary>Each node is computed in the types that the file gives it, as ONNX's specification defines them one by one.</summary>
    SpecUnfused,
}
