using Toolkit.Numerics;
using Toolkit.Onnx;
using Record = Toolkit.Onnx.Operators.StringSplit;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Texts cut at delimiters, as Python's <c>str.split</c> does.</summary>
internal static class StringSplitOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) == ElementType.String ? new Kernel(op) : throw node.UnsupportedType(0);

    private sealed class Kernel(Record op) : OperatorKernel
    {
        private readonly long _cuts = op.MaxSplit is null or < 0 ? long.MaxValue : op.MaxSplit.Value;

        public override SymbolicShape[] FindShapes(ReadOnlySpan<Tensor?> inputs)
        {
            Tensor<string> x = inputs[0]!.As<string>();
            int parts = 0;
            foreach (string text in x.Span)
            {
                parts = Math.Max(parts, Split(text, []));
            }

            SymbolicShape shape = SymbolicShape.From(x.Shape);
            return [new SymbolicShape([.. shape.Dimensions, parts]), shape];
        }

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<string> x = arguments.Input<string>(0);
            Span<string> y = arguments.HasOutput(0) ? arguments.Output<string>(0) : [];
            Span<long> counts = arguments.HasOutput(1) ? arguments.Output<long>(1) : [];
            int parts = x.Length == 0 ? 0 : y.Length / x.Length;
            y.Fill("");
            for (int i = 0; i < x.Length; i++)
            {
                int count = Split(x[i], y.Slice(i * parts, parts));
                if (counts.Length > 0)
                {
                    counts[i] = count;
                }
            }
        }

        // The number of parts; those for which there is room are stored.
        private int Split(string text, Span<string> parts) => op.Delimiter.Length > 0 ? SplitAtDelimiter(text, parts) : SplitAtWhiteSpace(text, parts);

        private int SplitAtDelimiter(string text, Span<string> parts)
        {
            int count = 0;
            int start = 0;
            while (count < _cuts)
            {
                int end = text.IndexOf(op.Delimiter, start, StringComparison.Ordinal);
                if (end < 0)
                {
                    break;
                }

                Store(parts, count++, text, start, end);
                start = end + op.Delimiter.Length;
            }

            Store(parts, count++, text, start, text.Length);
            return count;
        }

        private int SplitAtWhiteSpace(string text, Span<string> parts)
        {
            int count = 0;
            for (int start = Skip(text, 0, isSpace: true); start < text.Length;)
            {
                int end = count == _cuts ? text.Length : Skip(text, start, isSpace: false);
                Store(parts, count++, text, start, end);
                start = Skip(text, end, isSpace: true);
            }

            return count;
        }

        private static int Skip(string text, int position, bool isSpace)
        {
            while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] is >= '\x1C' and <= '\x1F') == isSpace)
            {
                position++;
            }

            return position;
        }

        private static void Store(Span<string> parts, int part, string text, int start, int end)
        {
            if (part < parts.Length)
            {
                parts[part] = text[start..end];
            }
        }
    }
}
