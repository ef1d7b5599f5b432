using System.Collections.Frozen;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx;

/// <summary>
/// Every operator that has a record, sorted by domain and name. To add one: its record in <c>Operators/</c>, its line here,
/// its cases in the tests.
/// </summary>
public static class OperatorTable
{
    /// <summary>The oldest opset of <c>ai.onnx</c> that is read: the first with NumPy's broadcasting.</summary>
    public const int MinOpset = 7;

    /// <summary>The newest opset of <c>ai.onnx</c> against which the definitions have been compared.</summary>
    public const int MaxOpset = 24;

    private static readonly OperatorEntry[] Entries =
    [
        new("Abs", "", MinOpset, MaxOpset, Abs.Read),
        new("Add", "", MinOpset, MaxOpset, Add.Read),
        new("ArgMax", "", MinOpset, MaxOpset, ArgMax.Read),
        new("ArgMin", "", MinOpset, MaxOpset, ArgMin.Read),
        new("Cast", "", MinOpset, MaxOpset, Cast.Read),
        new("Ceil", "", MinOpset, MaxOpset, Ceil.Read),
        new("Clip", "", MinOpset, MaxOpset, Clip.Read),
        new("Concat", "", MinOpset, MaxOpset, Concat.Read),
        new("Constant", "", MinOpset, MaxOpset, Constant.Read),
        new("Div", "", MinOpset, MaxOpset, Div.Read),
        new("Dropout", "", MinOpset, MaxOpset, Dropout.Read),
        new("Elu", "", MinOpset, MaxOpset, Elu.Read),
        new("Equal", "", MinOpset, MaxOpset, Equal.Read),
        new("Erf", "", 9, MaxOpset, Erf.Read),
        new("Exp", "", MinOpset, MaxOpset, Exp.Read),
        new("Expand", "", 8, MaxOpset, Expand.Read),
        new("Flatten", "", MinOpset, MaxOpset, Flatten.Read),
        new("Floor", "", MinOpset, MaxOpset, Floor.Read),
        new("Gather", "", MinOpset, MaxOpset, Gather.Read),
        new("Gemm", "", MinOpset, MaxOpset, Gemm.Read),
        new("Greater", "", MinOpset, MaxOpset, Greater.Read),
        new("GreaterOrEqual", "", 12, MaxOpset, GreaterOrEqual.Read),
        new("Identity", "", MinOpset, MaxOpset, Identity.Read),
        new("LeakyRelu", "", MinOpset, MaxOpset, LeakyRelu.Read),
        new("Less", "", MinOpset, MaxOpset, Less.Read),
        new("LessOrEqual", "", 12, MaxOpset, LessOrEqual.Read),
        new("Log", "", MinOpset, MaxOpset, Log.Read),
        new("LogSoftmax", "", MinOpset, MaxOpset, LogSoftmax.Read),
        new("MatMul", "", MinOpset, MaxOpset, MatMul.Read),
        new("Max", "", MinOpset, MaxOpset, Max.Read),
        new("Mean", "", MinOpset, MaxOpset, Mean.Read),
        new("Min", "", MinOpset, MaxOpset, Min.Read),
        new("Mul", "", MinOpset, MaxOpset, Mul.Read),
        new("Neg", "", MinOpset, MaxOpset, Neg.Read),
        new("Not", "", MinOpset, MaxOpset, Not.Read),
        new("PRelu", "", MinOpset, MaxOpset, PRelu.Read),
        new("Pow", "", MinOpset, MaxOpset, Pow.Read),
        new("Reciprocal", "", MinOpset, MaxOpset, Reciprocal.Read),
        new("ReduceMax", "", MinOpset, MaxOpset, ReduceMax.Read),
        new("ReduceMean", "", MinOpset, MaxOpset, ReduceMean.Read),
        new("ReduceMin", "", MinOpset, MaxOpset, ReduceMin.Read),
        new("ReduceSum", "", MinOpset, MaxOpset, ReduceSum.Read),
        new("Relu", "", MinOpset, MaxOpset, Relu.Read),
        new("Reshape", "", MinOpset, MaxOpset, Reshape.Read),
        new("Shape", "", MinOpset, MaxOpset, Shape.Read),
        new("Sigmoid", "", MinOpset, MaxOpset, Sigmoid.Read),
        new("Sign", "", 9, MaxOpset, Sign.Read),
        new("Slice", "", MinOpset, MaxOpset, Slice.Read),
        new("Softmax", "", MinOpset, MaxOpset, Softmax.Read),
        new("Softplus", "", MinOpset, MaxOpset, Softplus.Read),
        new("Sqrt", "", MinOpset, MaxOpset, Sqrt.Read),
        new("Squeeze", "", MinOpset, MaxOpset, Squeeze.Read),
        new("Sub", "", MinOpset, MaxOpset, Sub.Read),
        new("Sum", "", MinOpset, MaxOpset, Sum.Read),
        new("Tanh", "", MinOpset, MaxOpset, Tanh.Read),
        new("Transpose", "", MinOpset, MaxOpset, Transpose.Read),
        new("Unsqueeze", "", MinOpset, MaxOpset, Unsqueeze.Read),
        new("Where", "", 9, MaxOpset, Where.Read),
    ];

    private static readonly FrozenDictionary<(string Domain, string OpType), OperatorEntry> ByName =
        Entries.ToFrozenDictionary(entry => (entry.Domain, entry.OpType));

    /// <summary>All operators.</summary>
    public static IReadOnlyList<OperatorEntry> All => Entries;

    /// <summary>Finds an operator by domain (empty for <c>ai.onnx</c>) and name; null where there is none.</summary>
    public static OperatorEntry? Find(string domain, string opType) => ByName.GetValueOrDefault((domain, opType));
}
