using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Texts without stop words and with another case. Letters are mapped one to one by Unicode's tables, which are the same on every machine; of the languages only Turkish and Azerbaijani differ there, in
/// the i with and without a dot.
/// </summary>
internal static class StringNormalizerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(StringNormalizer op, NodeContext node) => node.InputType(0) == ElementType.String ? new Kernel(op, node) : throw node.UnsupportedType(0);

    private sealed class Kernel : OperatorKernel
    {
        private readonly StringNormalizer _op;
        private readonly NodeContext _node;
        private readonly bool _hasDottedCapital;
        private readonly HashSet<string> _stopWords;

        public Kernel(StringNormalizer op, NodeContext node)
        {
            (_op, _node) = (op, node);
            string language = op.Locale.Split('_', '-', '.')[0];
            _hasDottedCapital = language.Equals("tr", StringComparison.OrdinalIgnoreCase) || language.Equals("az", StringComparison.OrdinalIgnoreCase);
            _stopWords = [.. (op.StopWords ?? []).Select(Key)];
        }

        public override SymbolicShape[] FindShapes(ReadOnlySpan<Tensor?> inputs)
        {
            Numerics.Shape shape = inputs[0]!.Shape;
            if (shape.Rank is not (1 or 2) || (shape.Rank == 2 && shape[0] != 1))
            {
                throw _node.BadValue($"expected X of shape [C] or [1, C], got {shape}.");
            }

            int kept = 0;
            foreach (string text in inputs[0]!.As<string>().Span)
            {
                kept += Keeps(text) ? 1 : 0;
            }

            kept = Math.Max(kept, 1);
            return [shape.Rank == 1 ? new SymbolicShape(kept) : new SymbolicShape(1, kept)];
        }

        public override void Run(in KernelArguments arguments)
        {
            Span<string> y = arguments.Output<string>(0);
            y.Fill("");
            int place = 0;
            foreach (string text in arguments.Input<string>(0))
            {
                if (Keeps(text))
                {
                    y[place++] = _op.Case switch
                    {
                        CaseChange.Lower => Lower(text),
                        CaseChange.Upper => Upper(text),
                        _ => text,
                    };
                }
            }
        }

        private bool Keeps(string text) => _stopWords.Count == 0 || !_stopWords.Contains(Key(text));

        private string Key(string text) => _op.IsCaseSensitive ? text : Lower(text);

        private string Lower(string text) => (_hasDottedCapital ? text.Replace('I', 'ı').Replace('İ', 'i') : text).ToLowerInvariant();

        private string Upper(string text) => (_hasDottedCapital ? text.Replace('i', 'İ').Replace('ı', 'I') : text).ToUpperInvariant();
    }
}
