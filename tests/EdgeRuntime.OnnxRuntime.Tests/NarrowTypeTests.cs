using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>Casts and quantization of float8 and int4 agree with ONNX Runtime.</summary>
public sealed class NarrowTypeTests
{
    [Theory]
    [InlineData(ElementType.Float8E4M3Fn, true)]
    [InlineData(ElementType.Float8E4M3Fn, false)]
    [InlineData(ElementType.Float8E4M3Fnuz, true)]
    [InlineData(ElementType.Float8E4M3Fnuz, false)]
    [InlineData(ElementType.Float8E5M2, true)]
    [InlineData(ElementType.Float8E5M2, false)]
    [InlineData(ElementType.Float8E5M2Fnuz, true)]
    [InlineData(ElementType.Float8E5M2Fnuz, false)]
    public void Float8_is_cast_alike(ElementType type, bool saturate)
    {
        var random = new Random((int)type);
        float[] values = [0, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 448, 465, 1e6f, -1e6f, 57344, .. Enumerable.Range(0, 500).Select(_ => (random.NextSingle() - 0.5f) * MathF.ScaleB(1, random.Next(-12, 12)))];

        // Without saturation ONNX Runtime gives 448 for some numbers that E4M3FN would round to 480 and up, where the definition says NaN.
        if (type == ElementType.Float8E4M3Fn && !saturate)
        {
            values = Array.FindAll(values, value => Math.Abs(value) is not (> 464 and < 512));
        }

        AssertAgree(Twice(new O.Cast(type, saturate), ElementType.Float32), Tensor.Vector(values));
    }

    [Theory]
    [InlineData(ElementType.Int4)]
    [InlineData(ElementType.UInt4)]
    public void Four_bits_are_cast_and_quantized_alike(ElementType type)
    {
        Tensor x = new RandomTensors(3).Float(3, 7);

        // ONNX Runtime rounds halves away from zero, where the definition has them go to even: only those are asked for where both agree.
        AssertAgree(Twice(new O.Cast(type), ElementType.Float32), Tensor.Vector(0f, 1, 2, 7, 1.5f, 3.5f, 2.4f, 2.6f));
        var builder = new ModelBuilder();
        builder.Input("x", ElementType.Float32, SymbolicShape.From(x.Shape));
        string scale = builder.Constant(Tensor.Scalar(0.2f));
        string zero = builder.Constant(Elements.From(type, [], [1.0]));
        string y = builder.Node(new O.DequantizeLinear(), builder.Node(new O.QuantizeLinear(), "x", scale, zero), scale, zero);
        AssertAgree(builder.Output(y).Build(21), x);
    }

    private static OnnxModel Twice(Operator first, ElementType back)
    {
        var builder = new ModelBuilder();
        builder.Input("x", ElementType.Float32, new SymbolicShape([Dimension.Unknown]));
        return builder.Output(builder.Node(new O.Cast(back), builder.Node(first, "x"))).Build(21);
    }

    private static void AssertAgree(OnnxModel model, Tensor x)
    {
        byte[] bytes = model.ToBytes();
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(bytes);
        using IInferenceSession managed = new ManagedBackend().Load(bytes);
        Elements.AssertClose(ort.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value, managed.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value, 0, 0);
    }
}
