using System.Collections.Frozen;
using Toolkit.EdgeRuntime.Fusion;
using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Every operator that the engine runs, sorted by name, then those that fusion makes. To add one: its record in <c>Onnx/Operators</c>,
/// its kernel here in <c>XOperator.cs</c>, its line in this table, its cases in the tests.
/// </summary>
internal static class OperatorKernelTable
{
    /// <summary>The entries, in order.</summary>
    public static IReadOnlyList<OperatorKernelEntry> Entries { get; } =
    [
        OperatorKernelEntry.Of<Onnx.Operators.Abs>(AbsOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Add>(AddOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ArgMax>(ArgMaxOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ArgMin>(ArgMinOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Attention>(AttentionOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.AveragePool>(AveragePoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.BatchNormalization>(BatchNormalizationOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Cast>(CastOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Ceil>(CeilOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Celu>(CeluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Clip>(ClipOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Concat>(ConcatOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Constant>(ConstantOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ConstantOfShape>(ConstantOfShapeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Conv>(ConvOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ConvInteger>(ConvIntegerOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ConvTranspose>(ConvTransposeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.DepthToSpace>(DepthToSpaceOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.DequantizeLinear>(DequantizeLinearOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Div>(DivOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Dropout>(DropoutOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.DynamicQuantizeLinear>(DynamicQuantizeLinearOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Elu>(EluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Equal>(EqualOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Erf>(ErfOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Exp>(ExpOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Expand>(ExpandOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Flatten>(FlattenOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Floor>(FloorOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.GRU>(GRUOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Gather>(GatherOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Gelu>(GeluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Gemm>(GemmOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.GlobalAveragePool>(GlobalAveragePoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.GlobalLpPool>(GlobalLpPoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.GlobalMaxPool>(GlobalMaxPoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Greater>(GreaterOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.GreaterOrEqual>(GreaterOrEqualOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.GroupNormalization>(GroupNormalizationOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.HardSigmoid>(HardSigmoidOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.HardSwish>(HardSwishOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Identity>(IdentityOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.InstanceNormalization>(InstanceNormalizationOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LRN>(LRNOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LSTM>(LSTMOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LayerNormalization>(LayerNormalizationOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LeakyRelu>(LeakyReluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Less>(LessOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LessOrEqual>(LessOrEqualOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Log>(LogOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LogSoftmax>(LogSoftmaxOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.LpPool>(LpPoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.MatMul>(MatMulOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.MatMulInteger>(MatMulIntegerOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Max>(MaxOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.MaxPool>(MaxPoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.MaxUnpool>(MaxUnpoolOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Mean>(MeanOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Min>(MinOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Mul>(MulOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Neg>(NegOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Not>(NotOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.PRelu>(PReluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Pad>(PadOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Pow>(PowOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.QLinearConv>(QLinearConvOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.QLinearMatMul>(QLinearMatMulOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.QuantizeLinear>(QuantizeLinearOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.RMSNormalization>(RMSNormalizationOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.RNN>(RNNOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Reciprocal>(ReciprocalOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ReduceMax>(ReduceMaxOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ReduceMean>(ReduceMeanOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ReduceMin>(ReduceMinOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.ReduceSum>(ReduceSumOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Relu>(ReluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Reshape>(ReshapeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Resize>(ResizeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.RotaryEmbedding>(RotaryEmbeddingOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Selu>(SeluOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Shape>(ShapeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Sigmoid>(SigmoidOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Sign>(SignOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Slice>(SliceOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Softmax>(SoftmaxOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Softplus>(SoftplusOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.SpaceToDepth>(SpaceToDepthOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Split>(SplitOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Sqrt>(SqrtOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Squeeze>(SqueezeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Sub>(SubOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Sum>(SumOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Tanh>(TanhOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Transpose>(TransposeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Unsqueeze>(UnsqueezeOperator.Prepare),
        OperatorKernelEntry.Of<Onnx.Operators.Where>(WhereOperator.Prepare),
        OperatorKernelEntry.Of<FusedConv>(ConvOperator.Prepare),
        OperatorKernelEntry.Of<FusedGemm>(GemmOperator.Prepare),
    ];

    private static readonly FrozenDictionary<Type, OperatorKernelEntry> ByRecord = Entries.ToFrozenDictionary(entry => entry.Record);

    /// <summary>Makes the kernel of a node.</summary>
    /// <exception cref="UnsupportedOperatorException">There is none for its operator, its element types or its form.</exception>
    public static OperatorKernel Prepare(GraphNode node, OnnxModel model)
    {
        var context = new NodeContext(node, model.OpsetImports.TryGetValue(node.Operator.Domain, out long opset) ? opset : 0);
        return ByRecord.TryGetValue(node.Operator.GetType(), out OperatorKernelEntry? entry)
            ? entry.Prepare(node.Operator, context)
            : throw context.Unsupported("the managed engine has no kernel for this operator; use the backend ort.");
    }
}
