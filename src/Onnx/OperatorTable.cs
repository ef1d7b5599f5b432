using System.Collections.Frozen;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx;

/// <summary>
/// Every operator that has a record, sorted by domain and name. To add one: its record in <c>Operators/</c>, its line here,
/// its cases in the tests.
/// </summary>
public static class OperatorTable
{
    /// <summary>
    /// The oldest opset of <c>ai.onnx</c> that is written: the first with NumPy's broadcasting. Older ones are read as that form.
    /// </summary>
    public const int MinWrittenOpset = 7;

    /// <summary>The newest opset of <c>ai.onnx</c> against which the definitions have been compared.</summary>
    public const int MaxOpset = 27;

    private static readonly OperatorEntry[] Entries =
    [
        new("Abs", "", 6, MaxOpset, Abs.Read),
        new("Add", "", 6, MaxOpset, Add.Read),
        new("ArgMax", "", 1, MaxOpset, ArgMax.Read),
        new("ArgMin", "", 1, MaxOpset, ArgMin.Read),
        new("Attention", "", 23, MaxOpset, Attention.Read),
        new("AveragePool", "", 1, MaxOpset, AveragePool.Read),
        new("BatchNormalization", "", 6, MaxOpset, BatchNormalization.Read),
        new("Cast", "", 6, MaxOpset, Cast.Read),
        new("Ceil", "", 6, MaxOpset, Ceil.Read),
        new("Celu", "", 12, MaxOpset, Celu.Read),
        new("Clip", "", 6, MaxOpset, Clip.Read),
        new("Concat", "", 4, MaxOpset, Concat.Read),
        new("Constant", "", 1, MaxOpset, Constant.Read),
        new("ConstantOfShape", "", 9, MaxOpset, ConstantOfShape.Read),
        new("Conv", "", 1, MaxOpset, Conv.Read),
        new("ConvInteger", "", 10, MaxOpset, ConvInteger.Read),
        new("ConvTranspose", "", 1, MaxOpset, ConvTranspose.Read),
        new("DepthToSpace", "", 1, MaxOpset, DepthToSpace.Read),
        new("DequantizeLinear", "", 10, MaxOpset, DequantizeLinear.Read),
        new("Div", "", 6, MaxOpset, Div.Read),
        new("Dropout", "", 7, MaxOpset, Dropout.Read),
        new("DynamicQuantizeLinear", "", 11, MaxOpset, DynamicQuantizeLinear.Read),
        new("Elu", "", 6, MaxOpset, Elu.Read),
        new("Equal", "", 1, MaxOpset, Equal.Read),
        new("Erf", "", 9, MaxOpset, Erf.Read),
        new("Exp", "", 6, MaxOpset, Exp.Read),
        new("Expand", "", 8, MaxOpset, Expand.Read),
        new("Flatten", "", 1, MaxOpset, Flatten.Read),
        new("Floor", "", 6, MaxOpset, Floor.Read),
        new("GRU", "", 1, MaxOpset, GRU.Read),
        new("Gather", "", 1, MaxOpset, Gather.Read),
        new("Gelu", "", 20, MaxOpset, Gelu.Read),
        new("Gemm", "", 6, MaxOpset, Gemm.Read),
        new("GlobalAveragePool", "", 1, MaxOpset, GlobalAveragePool.Read),
        new("GlobalLpPool", "", 1, MaxOpset, GlobalLpPool.Read),
        new("GlobalMaxPool", "", 1, MaxOpset, GlobalMaxPool.Read),
        new("Greater", "", 1, MaxOpset, Greater.Read),
        new("GreaterOrEqual", "", 12, MaxOpset, GreaterOrEqual.Read),
        new("GroupNormalization", "", 18, MaxOpset, GroupNormalization.Read),
        new("HardSigmoid", "", 6, MaxOpset, HardSigmoid.Read),
        new("HardSwish", "", 14, MaxOpset, HardSwish.Read),
        new("Identity", "", 1, MaxOpset, Identity.Read),
        new("InstanceNormalization", "", 6, MaxOpset, InstanceNormalization.Read),
        new("LRN", "", 1, MaxOpset, LRN.Read),
        new("LSTM", "", 1, MaxOpset, LSTM.Read),
        new("LayerNormalization", "", 17, MaxOpset, LayerNormalization.Read),
        new("LeakyRelu", "", 6, MaxOpset, LeakyRelu.Read),
        new("Less", "", 1, MaxOpset, Less.Read),
        new("LessOrEqual", "", 12, MaxOpset, LessOrEqual.Read),
        new("Log", "", 6, MaxOpset, Log.Read),
        new("LogSoftmax", "", 1, MaxOpset, LogSoftmax.Read),
        new("LpPool", "", 1, MaxOpset, LpPool.Read),
        new("MatMul", "", 1, MaxOpset, MatMul.Read),
        new("MatMulInteger", "", 10, MaxOpset, MatMulInteger.Read),
        new("Max", "", 6, MaxOpset, Max.Read),
        new("MaxPool", "", 1, MaxOpset, MaxPool.Read),
        new("MaxUnpool", "", 9, MaxOpset, MaxUnpool.Read),
        new("Mean", "", 6, MaxOpset, Mean.Read),
        new("Min", "", 6, MaxOpset, Min.Read),
        new("Mul", "", 6, MaxOpset, Mul.Read),
        new("Neg", "", 6, MaxOpset, Neg.Read),
        new("Not", "", 1, MaxOpset, Not.Read),
        new("PRelu", "", 6, MaxOpset, PRelu.Read),
        new("Pad", "", 2, MaxOpset, Pad.Read),
        new("Pow", "", 1, MaxOpset, Pow.Read),
        new("QLinearConv", "", 10, MaxOpset, QLinearConv.Read),
        new("QLinearMatMul", "", 10, MaxOpset, QLinearMatMul.Read),
        new("QuantizeLinear", "", 10, MaxOpset, QuantizeLinear.Read),
        new("RMSNormalization", "", 23, MaxOpset, RMSNormalization.Read),
        new("RNN", "", 1, MaxOpset, RNN.Read),
        new("Reciprocal", "", 6, MaxOpset, Reciprocal.Read),
        new("ReduceMax", "", 1, MaxOpset, ReduceMax.Read),
        new("ReduceMean", "", 1, MaxOpset, ReduceMean.Read),
        new("ReduceMin", "", 1, MaxOpset, ReduceMin.Read),
        new("ReduceSum", "", 1, MaxOpset, ReduceSum.Read),
        new("Relu", "", 6, MaxOpset, Relu.Read),
        new("Reshape", "", 5, MaxOpset, Reshape.Read),
        new("Resize", "", 10, MaxOpset, Resize.Read),
        new("RotaryEmbedding", "", 23, MaxOpset, RotaryEmbedding.Read),
        new("Selu", "", 6, MaxOpset, Selu.Read),
        new("Shape", "", 1, MaxOpset, Shape.Read),
        new("Sigmoid", "", 6, MaxOpset, Sigmoid.Read),
        new("Sign", "", 9, MaxOpset, Sign.Read),
        new("Slice", "", 1, MaxOpset, Slice.Read),
        new("Softmax", "", 1, MaxOpset, Softmax.Read),
        new("Softplus", "", 1, MaxOpset, Softplus.Read),
        new("SpaceToDepth", "", 1, MaxOpset, SpaceToDepth.Read),
        new("Split", "", 2, MaxOpset, Split.Read),
        new("Sqrt", "", 6, MaxOpset, Sqrt.Read),
        new("Squeeze", "", 1, MaxOpset, Squeeze.Read),
        new("Sub", "", 6, MaxOpset, Sub.Read),
        new("Sum", "", 6, MaxOpset, Sum.Read),
        new("Tanh", "", 6, MaxOpset, Tanh.Read),
        new("Transpose", "", 1, MaxOpset, Transpose.Read),
        new("Unsqueeze", "", 1, MaxOpset, Unsqueeze.Read),
        new("Upsample", "", 7, 9, Resize.ReadUpsample),
        new("Where", "", 9, MaxOpset, Where.Read),
    ];

    private static readonly FrozenDictionary<(string Domain, string OpType), OperatorEntry> ByName =
        Entries.ToFrozenDictionary(entry => (entry.Domain, entry.OpType));

    /// <summary>All operators.</summary>
    public static IReadOnlyList<OperatorEntry> All => Entries;

    /// <summary>Finds an operator by domain (empty for <c>ai.onnx</c>) and name; null where there is none.</summary>
    public static OperatorEntry? Find(string domain, string opType) => ByName.GetValueOrDefault((domain, opType));
}
