using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// y = table[x] for elements of 8 bits, indexed by their bits: what <see cref="QuantizedFusion"/> makes of a DequantizeLinear, functions of one element and the QuantizeLinear
/// behind them. It lives in the engine alone and is in no file.
/// </summary>
/// <param name="Functions">The operators that the table stands for, as in <c>Sigmoid</c>.</param>
/// <param name="Table">The bits of y for the 256 values of x.</param>
/// <param name="To">The element type of y.</param>
internal sealed record ByteLookup(string Functions, ValueList<byte> Table, ElementType To) : Operator
{
    /// <inheritdoc/>
    public override string OpType => $"Table({Functions})";

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.SetOutput(0, To, context.Shape(0));
    }
}
