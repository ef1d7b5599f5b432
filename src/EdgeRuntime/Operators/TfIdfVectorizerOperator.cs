using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Counts of n-grams. The pool is a tree of elements, so that all n-grams from one start are found in one walk.</summary>
internal static class TfIdfVectorizerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(TfIdfVectorizer op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.String when op.Strings is not null => new Kernel<string>(op, [.. op.Strings], tensor => tensor.As<string>().Span),
        ElementType.Int64 when op.Ints is not null => new Kernel<long>(op, [.. op.Ints], tensor => tensor.As<long>().Span),
        ElementType.Int32 when op.Ints is not null => new Kernel<long>(op, [.. op.Ints], tensor => Array.ConvertAll(tensor.As<int>().ToArray(), value => (long)value)),
        _ => throw node.UnsupportedType(0),
    };

    private delegate ReadOnlySpan<TElement> Reader<TElement>(Tensor tensor);

    private sealed class Kernel<T> : OperatorKernel
        where T : notnull
    {
        private const int Unknown = -1;

        private readonly TfIdfVectorizer _op;
        private readonly Reader<T> _read;
        private readonly Dictionary<T, int> _symbols = [];

        // Edges of the tree: from a node by an element's number to a node. Node 0 is the root.
        private readonly Dictionary<(int Node, int Symbol), int> _edges = [];

        // The number of the n-gram that ends at a node.
        private readonly List<int> _grams = [Unknown];

        public Kernel(TfIdfVectorizer op, T[] pool, Reader<T> read)
        {
            (_op, _read) = (op, read);
            int gram = 0;
            for (int i = 0; i < op.Starts.Count; i++)
            {
                long end = i + 1 < op.Starts.Count ? op.Starts[i + 1] : pool.Length;
                int length = i + 1;
                for (long start = op.Starts[i]; start < end; start += length, gram++)
                {
                    if (length >= op.MinGramLength && length <= op.MaxGramLength)
                    {
                        Add(pool.AsSpan((int)start, length), gram);
                    }
                }
            }
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            ReadOnlySpan<T> x = _read(arguments.InputTensor(0));
            Span<float> y = arguments.Output<float>(0);
            y.Clear();
            int rows = shape.Rank == 1 ? 1 : shape[0];
            int columns = shape[^1];
            int places = rows == 0 ? 0 : y.Length / rows;
            var symbols = new int[columns];
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < columns; i++)
                {
                    symbols[i] = _symbols.GetValueOrDefault(x[(row * columns) + i], Unknown);
                }

                Count(symbols, y.Slice(row * places, places));
            }
        }

        private void Add(ReadOnlySpan<T> gram, int number)
        {
            int node = 0;
            foreach (T element in gram)
            {
                if (!_symbols.TryGetValue(element, out int symbol))
                {
                    symbol = _symbols.Count;
                    _symbols.Add(element, symbol);
                }

                if (!_edges.TryGetValue((node, symbol), out int next))
                {
                    next = _grams.Count;
                    _grams.Add(Unknown);
                    _edges.Add((node, symbol), next);
                }

                node = next;
            }

            _grams[node] = number;
        }

        private void Count(ReadOnlySpan<int> row, Span<float> scores)
        {
            // A single element has no neighbours to skip to, so the first distance counts it and the others do not.
            long distances = Math.Min(_op.MaxSkipCount, row.Length) + 1;
            for (int distance = 1; distance <= distances; distance++)
            {
                int last = distance == 1 ? row.Length - 1 : row.Length - 1 - distance;
                for (int start = 0; start <= last; start++)
                {
                    int node = 0;
                    int length = 0;
                    for (long i = start; i < row.Length && row[(int)i] != Unknown && _edges.TryGetValue((node, row[(int)i]), out node); i += distance)
                    {
                        length++;
                        if (_grams[node] != Unknown && (length > 1 || distance == 1))
                        {
                            Score(_grams[node], scores);
                        }
                    }
                }
            }
        }

        // Of n-grams that share a place, frequencies add up.
        private void Score(int gram, Span<float> scores)
        {
            ref float score = ref scores[(int)_op.Places[gram]];
            float weight = _op.Weighting == TermWeighting.Frequency ? 1 : _op.Weights?[gram] ?? 1;
            score = _op.Weighting == TermWeighting.InverseDocumentFrequency ? weight : score + weight;
        }
    }
}
