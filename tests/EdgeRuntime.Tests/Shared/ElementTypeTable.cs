using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>
/// The element types that ONNX allows for the inputs of each operator in the newest opset, but for the types below eight bits and those of eight
/// bits with a floating point, as https://onnx.ai/onnx/operators lists them.
/// </summary>
internal static class ElementTypeTable
{
    // Operator: the type variable of each input, the last one again for further inputs; the types of each variable.
    private const string Text = """
        Abs: T; T = F I U
        Acos: T; T = F
        Acosh: T; T = F
        Add: T T; T = F I U
        AffineGrid: T1 T2; T1 = F, T2 = int64
        And: T T; T = b
        ArgMax: T; T = F I U
        ArgMin: T; T = F I U
        Asin: T; T = F
        Asinh: T; T = F
        Atan: T; T = F
        Atanh: T; T = F
        Attention: T1 T1 T2 U T1 T2 int64; T1 = F, T2 = F, U = F I U b
        AveragePool: T; T = F
        BatchNormalization: T T1 T1 T2 T2; T = F, T1 = F, T2 = F
        Bernoulli: T1; T1 = F
        BitCast: T1; T1 = F I U b c
        BitShift: T T; T = U
        BitwiseAnd: T T; T = I U
        BitwiseNot: T; T = I U
        BitwiseOr: T T; T = I U
        BitwiseXor: T T; T = I U
        BlackmanWindow: T1; T1 = int32 int64
        Cast: T1; T1 = F I U b s
        CastLike: T1 T2; T1 = F I U b s, T2 = F I U b s
        CausalConvWithState: T T T T; T = H
        Ceil: T; T = F
        Celu: T; T = F
        CenterCropPad: T Tind; T = F I U b s c, Tind = int32 int64
        Clip: T T T; T = F I U
        Col2Im: T int64 int64; T = F I U b s c
        Compress: T T1; T = f I U b s c, T1 = b
        Concat: T; T = F I U b s c
        ConstantOfShape: T1; T1 = int64
        Conv: T T T; T = F
        ConvInteger: T1 T2 T1 T2; T1 = int8 uint8, T2 = int8 uint8
        ConvTranspose: T T T; T = F
        Cos: T; T = F
        Cosh: T; T = F
        CumProd: T T2; T = F int32 int64 uint32 uint64, T2 = int32 int64
        CumSum: T T2; T = F int32 int64 uint32 uint64, T2 = int32 int64
        DFT: T1 T2 int64; T1 = F, T2 = int32 int64
        DeformConv: T T T T T; T = F
        DepthToSpace: T; T = F I U b s c
        DequantizeLinear: T1 T2 T1; T1 = int16 int32 int8 uint16 uint8, T2 = H
        Det: T; T = F
        Div: T T; T = F I U
        Dropout: T T1 T2; T = F, T1 = F, T2 = b
        DynamicQuantizeLinear: T1; T1 = float32
        Einsum: T; T = f I U
        Elu: T; T = F
        Equal: T T; T = F I U b s
        Erf: T; T = F
        Exp: T; T = F
        Expand: T int64; T = F I U b s c
        EyeLike: T1; T1 = F I U b
        Flatten: T; T = F I U b s c
        Floor: T; T = F
        GRU: T T T T T1 T; T = F, T1 = int32
        Gather: T Tind; T = F I U b s c, Tind = int32 int64
        GatherElements: T Tind; T = F I U b s c, Tind = int32 int64
        GatherND: T int64; T = F I U b s c
        Gelu: T; T = F
        Gemm: T T T; T = F int32 int64 uint32 uint64
        GlobalAveragePool: T; T = F
        GlobalLpPool: T; T = F
        GlobalMaxPool: T; T = F
        Greater: T T; T = F I U
        GreaterOrEqual: T T; T = F I U
        GridSample: T1 T2; T1 = F I U b s c, T2 = F
        GroupNormalization: T T T; T = F
        HammingWindow: T1; T1 = int32 int64
        HannWindow: T1; T1 = int32 int64
        HardSigmoid: T; T = F
        HardSwish: T; T = F
        Hardmax: T; T = F
        Identity: V; V = F I U b s c
        InstanceNormalization: T T T; T = F
        IsInf: T1; T1 = F
        IsNaN: T1; T1 = F
        LRN: T; T = F
        LSTM: T T T T T1 T T T; T = F, T1 = int32
        LayerNormalization: T T T; T = F
        LeakyRelu: T; T = F
        Less: T T; T = F I U
        LessOrEqual: T T; T = F I U
        LinearAttention: T T T S T T; T = H, S = H
        Log: T; T = F
        LogSoftmax: T; T = F
        LpNormalization: T; T = F
        LpPool: T; T = F
        MatMul: T T; T = F int32 int64 uint32 uint64
        MatMulInteger: T1 T2 T1 T2; T1 = int8 uint8, T2 = int8 uint8
        Max: T; T = F I U
        MaxPool: T; T = F int8 uint8
        MaxRoiPool: T T; T = F
        MaxUnpool: T1 T2 T2; T1 = F, T2 = int64
        Mean: T; T = F
        MeanVarianceNormalization: T; T = F
        MelWeightMatrix: T1 T1 T1 T2 T2; T1 = int32 int64, T2 = F
        Min: T; T = F I U
        Mish: T; T = F
        Mod: T T; T = F I U
        Mul: T T; T = F I U
        Multinomial: T1; T1 = F
        Neg: T; T = F I
        NegativeLogLikelihoodLoss: T Tind T; T = F, Tind = int32 int64
        NonMaxSuppression: float float int64 float float
        NonZero: T; T = F I U b s c
        Not: T; T = b
        OneHot: T1 T2 T3; T1 = f I U, T2 = f I U, T3 = f I U b s c
        Or: T T; T = b
        PRelu: T T; T = F int32 int64 uint32 uint64
        Pad: T int64 T Tind; T = F I U b s c, Tind = int32 int64
        Pow: T T1; T = F int32 int64, T1 = F I U
        QLinearConv: T1 float T1 T2 float T2 float T3 T4; T1 = int8 uint8, T2 = int8 uint8, T3 = int8 uint8, T4 = int32
        QLinearMatMul: T1 TS T1 T2 TS T2 TS T3; T1 = int8 uint8, TS = H, T2 = int8 uint8, T3 = int8 uint8
        QuantizeLinear: T1 T2 T3; T1 = H int32, T2 = H int32, T3 = int16 int8 uint16 uint8
        RMSNormalization: T V; T = F, V = F
        RNN: T T T T T1 T; T = F, T1 = int32
        RandomNormal: T; T = F
        RandomNormalLike: T1; T1 = F I U b s c
        RandomUniform: T; T = F
        RandomUniformLike: T1; T1 = F I U b s c
        Range: T T T; T = F int16 int32 int64
        Reciprocal: T; T = F
        ReduceL1: T int64; T = F int32 int64 uint32 uint64
        ReduceL2: T int64; T = F int32 int64 uint32 uint64
        ReduceLogSum: T int64; T = F int32 int64 uint32 uint64
        ReduceLogSumExp: T int64; T = F int32 int64 uint32 uint64
        ReduceMax: T int64; T = F b int32 int64 int8 uint32 uint64 uint8
        ReduceMean: T int64; T = F int32 int64 uint32 uint64
        ReduceMin: T int64; T = F b int32 int64 int8 uint32 uint64 uint8
        ReduceProd: T int64; T = F int32 int64 uint32 uint64
        ReduceSum: T int64; T = F int32 int64 uint32 uint64
        ReduceSumSquare: T int64; T = F int32 int64 uint32 uint64
        RegexFullMatch: T1; T1 = s
        Relu: T; T = F I
        Reshape: T int64; T = F I U b s c
        Resize: T1 T2 float int64; T1 = F I U b s c, T2 = f
        ReverseSequence: T int64; T = f I U b s c
        RoiAlign: T1 T1 T2; T1 = F, T2 = int64
        RotaryEmbedding: T T T M; T = H, M = int64
        Round: T; T = F
        STFT: T1 T2 T1 T2; T1 = F, T2 = int32 int64
        ScatterElements: T Tind T; T = F I U b s c, Tind = int32 int64
        ScatterND: T int64 T; T = F I U b s c
        Selu: T; T = F
        Shape: T; T = F I U b s c
        Shrink: T; T = f I U
        Sigmoid: T; T = F
        Sign: T; T = F I U
        Sin: T; T = F
        Sinh: T; T = F
        Size: T; T = F I U b s c
        Slice: T Tind Tind Tind Tind; T = F I U b s c, Tind = int32 int64
        Softmax: T; T = F
        SoftmaxCrossEntropyLoss: T Tind T; T = F, Tind = int32 int64
        Softplus: T; T = F
        Softsign: T; T = F
        SpaceToDepth: T; T = F I U b s c
        Split: T int64; T = F I U b s c
        Sqrt: T; T = F
        Squeeze: T int64; T = F I U b s c
        StringConcat: T T; T = s
        StringNormalizer: T; T = s
        StringSplit: T1; T1 = s
        Sub: T T; T = F I U
        Sum: T; T = F
        SwiGLU: T T; T = F
        Swish: T; T = F
        Tan: T; T = F
        Tanh: T; T = F
        TensorScatter: T T int64; T = F I U b s c
        TfIdfVectorizer: T; T = int32 int64 s
        ThresholdedRelu: T; T = F
        Tile: T T1; T = F I U b s c, T1 = int64
        TopK: T int64; T = F I U
        Transpose: T; T = F I U b s c
        Trilu: T int64; T = F I U b s c
        Unique: T; T = f I U b s c
        Unsqueeze: T int64; T = F I U b s c
        Where: B T T; B = b, T = F I U b s c
        Xor: T T; T = b
        """;

    private static readonly Dictionary<string, ElementType[]> Sets = new()
    {
        ["F"] = [ElementType.Float16, ElementType.BFloat16, ElementType.Float32, ElementType.Float64],
        ["f"] = [ElementType.Float16, ElementType.Float32, ElementType.Float64],
        ["H"] = [ElementType.Float16, ElementType.BFloat16, ElementType.Float32],
        ["I"] = [ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64],
        ["U"] = [ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64],
        ["b"] = [ElementType.Bool],
        ["s"] = [ElementType.String],
        ["c"] = [ElementType.Complex64, ElementType.Complex128],
    };

    private static readonly Dictionary<string, (string[] Inputs, Dictionary<string, ElementType[]> Types)> Entries =
        Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToDictionary(entry => entry.Name, entry => (entry.Inputs, entry.Types));

    /// <summary>The operators, by name.</summary>
    public static IEnumerable<string> Operators => Entries.Keys;

    /// <summary>The variables of an operator's types.</summary>
    public static IEnumerable<string> Variables(string op) => Entries[op].Types.Keys;

    /// <summary>The types that a variable may be.</summary>
    public static ElementType[] Types(string op, string variable) => Entries[op].Types[variable];

    /// <summary>The variable of an input.</summary>
    public static string VariableOf(string op, int input) => Entries[op].Inputs[Math.Min(input, Entries[op].Inputs.Length - 1)];

    private static (string Name, string[] Inputs, Dictionary<string, ElementType[]> Types) Parse(string line)
    {
        string[] parts = line.Split([':', ';'], StringSplitOptions.TrimEntries);
        Dictionary<string, ElementType[]> types = parts.Length < 3 ? [] : parts[2].Split(',', StringSplitOptions.TrimEntries).Select(text => text.Split(" = "))
            .ToDictionary(pair => pair[0], pair => pair[1].Split(' ').SelectMany(TypesOf).ToArray());
        return (parts[0], parts[1].Split(' '), types);
    }

    private static ElementType[] TypesOf(string name) => Sets.TryGetValue(name, out ElementType[]? set) ? set : [ElementTypes.All.Single(info => info.Name == name).ElementType];
}
