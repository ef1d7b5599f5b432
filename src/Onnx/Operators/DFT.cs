using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The discrete Fourier transform along an axis. Inputs: x [..., 1 or 2], real numbers, or complex ones as pairs; length (optional, an
/// integer scalar: the axis is cut or filled with zeros to it); axis (optional, an integer scalar, by default -2; an attribute before opset
/// 20, by default 1, which is a constant input here). Output: complex numbers [..., 2]; the inverse of one side of a spectrum is real [..., 1].
/// https://onnx.ai/onnx/operators/onnx__DFT.html
/// </summary>
/// <param name="Inverse">Whether it is the inverse transform.</param>
/// <param name="OneSided">Whether the spectrum has only the first half of the frequencies, which for a real signal says all.</param>
public sealed record DFT(bool Inverse = false, bool OneSided = false) : Operator
{
    private const int AxisInputSince = 20;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < AxisInputSince)
        {
            reader.SetInput(2, "axis", Tensor.Scalar((long)reader.Axis("axis", 1)));
        }

        return new DFT(reader.Flag("inverse", false), reader.Flag("onesided", false));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < AxisInputSince)
        {
            writer.Int("axis", writer.TakeInput(2) is { } axis ? ScalarConstant.Integer(axis) ?? throw writer.Error("expected one integer for 'axis'.") : -2);
        }

        writer.Flag("inverse", Inverse);
        writer.Flag("onesided", OneSided);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireType(2, ElementTypeSet.Signed);
        for (int input = 1; input < 3; input++)
        {
            if (context.Shape(input)?.ElementCount is { } count and not 1)
            {
                throw context.Error($"expected a scalar as input {input}, got {context.Shape(input)}.");
            }
        }

        if (context.Shape(0) is not { } shape)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (shape.Rank < 2 || shape[shape.Rank - 1].Size is not (null or 1 or 2))
        {
            throw context.Error($"expected a signal [..., 1] or [..., 2], got {shape}.");
        }

        Dimension[] result = shape.Dimensions.ToArray();
        result[^1] = Inverse && OneSided ? 1 : 2;
        if (context.HasInput(2) && context.ConstantInts(2) is null)
        {
            result.AsSpan(..^1).Clear();
        }
        else
        {
            int axis = context.RequireAxis(context.ConstantInts(2)?[0] ?? -2, shape.Rank);
            result[axis] = axis == shape.Rank - 1 ? throw context.Error("expected an axis other than the last, which holds the parts of a number.")
                : Count(context, shape[axis]);
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
    }

    private Dimension Count(InferenceContext context, Dimension axis)
    {
        long? length = Inverse && OneSided ? 2 * (axis.Size - 1) : axis.Size;
        if (context.HasInput(1))
        {
            length = context.Elements(1) is [var element] ? element.Value : null;
        }

        return length is { } known
            ? known < 1 ? throw context.Error($"expected a length of 1 or more, got {known}.") : OneSided && !Inverse ? (known / 2) + 1 : known
            : OneSided || context.HasInput(1) ? Dimension.Unknown
            : axis;
    }
}
