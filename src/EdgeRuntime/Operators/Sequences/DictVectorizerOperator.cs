using Toolkit.Numerics;
using Toolkit.Onnx;
using Record = Toolkit.Onnx.Operators.DictVectorizer;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The values of a map in the order of a vocabulary.</summary>
internal static class DictVectorizerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => op.Strings is null ? new Kernel<long>(op.Ints!, node) : new Kernel<string>(op.Strings, node);

    private sealed class Kernel<TKey>(IReadOnlyList<TKey> vocabulary, NodeContext node) : ValueKernel
        where TKey : notnull
    {
        private readonly ILookup<TKey, int> _places = Enumerable.Range(0, vocabulary.Count).ToLookup(i => vocabulary[i]);

        public override void Run(in ValueArguments arguments)
        {
            var map = (OnnxMap)arguments.Inputs[0]!;
            if (map.Keys is not Tensor<TKey> keys)
            {
                throw node.BadValue($"expected a map from {typeof(TKey).Name}, got {map}.");
            }

            arguments.SetOutput(0, map.Values switch
            {
                Tensor<string> texts => Fill(keys, texts, ""),
                Tensor<long> integers => Fill(keys, integers, 0),
                Tensor<float> singles => Fill(keys, singles, 0),
                Tensor<double> wides => Fill(keys, wides, 0),
                _ => throw node.BadValue($"expected a map to text, int64, float32 or float64, got {map}."),
            });
        }

        private OnnxTensor Fill<T>(Tensor<TKey> keys, Tensor<T> values, T missing)
        {
            var result = new Tensor<T>([1, vocabulary.Count]);
            result.Span.Fill(missing);
            for (int i = 0; i < keys.Length; i++)
            {
                WorkLimits.Poll();
                foreach (int place in _places[keys.Span[i]])
                {
                    result.Span[place] = values.Span[i];
                }
            }

            return new OnnxTensor(result);
        }
    }
}
