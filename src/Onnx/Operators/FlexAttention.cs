using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Attention whose scores and probabilities the model changes by graphs of its own: Y = prob_mod(softmax(score_mod(scale · Q·Kᵀ)))·V, with Q [B, Hq, L, E],
/// K [B, Hkv, S, E], V [B, Hkv, S, Ev] and Y [B, Hq, L, Ev]; query head h reads head ⌊h / (Hq / Hkv)⌋ of K and V. It is read as the nodes that it
/// stands for, the graphs among them. https://onnx.ai/onnx/operators/onnx_aionnxpreview_FlexAttention.html
/// </summary>
internal static class FlexAttention
{
    private const int Rank = 4;

    public static Operator Read(AttributeReader reader)
    {
        SymbolicShape q = RequireShape(reader, 0, "Q");
        SymbolicShape k = RequireShape(reader, 1, "K");
        _ = RequireShape(reader, 2, "V");
        long heads = RequireSize(reader, q[1], "heads of Q");
        long sharedHeads = RequireSize(reader, k[1], "heads of K");
        if (sharedHeads == 0 || heads % sharedHeads != 0)
        {
            throw reader.Error($"expected heads of Q that divide into those of K, got {heads} and {sharedHeads}.");
        }

        ElementType type = reader.InputType(0);
        ElementType precision = reader.Has("softmax_precision") ? reader.ElementType("softmax_precision", ElementType.Float32)
            : type == ElementType.Float64 ? ElementType.Float64 : ElementType.Float32;
        double scale = reader.Has("scale") ? reader.Float("scale", 1) : 1 / Math.Sqrt(RequireSize(reader, q[3], "elements of a head of Q"));
        string query = Group(reader, As(reader, reader.Input(0), type, precision), heads, sharedHeads);
        string key = reader.AddNode(new Transpose(new IntList(0, 1, 3, 2)), As(reader, reader.Input(1), type, precision));
        string scores = reader.AddNode(new Mul(), reader.AddNode(new MatMul(), query, key), reader.AddConstant("scale", Scalar(reader, precision, scale)));
        scores = Modify(reader, "score_mod", Group(reader, scores, sharedHeads, heads), precision, q, k);
        string probabilities = Modify(reader, "prob_mod", reader.AddNode(new Softmax(), scores), precision, q, k);
        probabilities = As(reader, Group(reader, probabilities, heads, sharedHeads), precision, type);
        if (heads == sharedHeads)
        {
            SetInputs(reader, probabilities, reader.Input(2));
            return new MatMul();
        }

        SetInputs(reader, reader.AddNode(new MatMul(), probabilities, reader.Input(2)), HeadShape(reader, heads));
        return new Reshape();
    }

    private static SymbolicShape RequireShape(AttributeReader reader, int input, string name) =>
        reader.InputType(input) is ElementType.Undefined || reader.InputShape(input) is not { } shape ? throw reader.Unsupported($"it needs the type and the rank of {name}, which are not known; fix the model's input shapes.")
        : shape.Rank == Rank ? shape
        : throw reader.Error($"expected {name} of rank {Rank}, got {shape}.");

    private static long RequireSize(AttributeReader reader, Dimension dimension, string what) =>
        dimension.Size ?? throw reader.Unsupported($"it needs the number of {what}, which is not known; fix the model's input shapes.");

    // The rows of the query heads that share a head of K lie one behind the other: as rows of that head, or as heads of their own.
    private static string Group(AttributeReader reader, string value, long from, long to) => from == to ? value : reader.AddNode(new Reshape(), value, HeadShape(reader, to));

    private static string HeadShape(AttributeReader reader, long heads) => reader.AddConstant("heads", Tensor.Vector(0, heads, -1, 0));

    private static string As(AttributeReader reader, string value, ElementType from, ElementType to) => from == to ? value : reader.AddNode(new Cast(to), value);

    private static Tensor Scalar(AttributeReader reader, ElementType type, double value) => type switch
    {
        ElementType.Float32 => Tensor.Scalar((float)value),
        ElementType.Float64 => Tensor.Scalar(value),
        ElementType.Float16 => Tensor.Scalar((Half)value),
        ElementType.BFloat16 => Tensor.Scalar((BFloat16)(float)value),
        _ => throw reader.Error($"expected a floating-point type for 'softmax_precision', got {type}."),
    };

    private static string Modify(AttributeReader reader, string attribute, string value, ElementType type, SymbolicShape q, SymbolicShape k)
    {
        if (!reader.Has(attribute))
        {
            return value;
        }

        OnnxGraph graph = reader.Graph(attribute, new InferredValue(type, new SymbolicShape(q[0], q[1], q[2], k[2])));
        IReadOnlyList<string> results = reader.AddGraph(attribute, graph, value);
        return results.Count == 1 ? results[0] : throw reader.Error($"expected one output of '{attribute}', got {results.Count}.");
    }

    private static void SetInputs(AttributeReader reader, string first, string second)
    {
        reader.SetInput(0, first);
        reader.SetInput(1, second);
        reader.SetInput(2, "");
    }
}
