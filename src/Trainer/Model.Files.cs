using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Weights;

namespace Toolkit.Trainer;

/// <content>Weights in files.</content>
public partial class Model
{
    /// <summary>Writes every parameter, running statistics included, into a safetensors file under its name, <c>dense.kernel</c>, as F32; whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public void SaveWeights(string path) => new SafetensorsFile(GetWeights().Select(pair => KeyValuePair.Create(pair.Key, (Tensor)pair.Value))).Write(path);

    /// <summary>
    /// Replaces parameters by those of a safetensors file: F32, and F64, F16 and BF16 converted. What the optimizer remembers of past steps stays.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="strict">
    /// Whether the file must hold every parameter and nothing else; otherwise parameters that it lacks stay, and tensors that the model lacks are passed over.
    /// </param>
    /// <exception cref="SafetensorsException">The file is damaged, or its tensors are not the model's; no parameter has been replaced then.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public void LoadWeights(string path, bool strict = true)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        Dictionary<string, Parameter> parameters = Arena.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        string[] missing = [.. parameters.Keys.Where(name => !file.Tensors.ContainsKey(name))];
        string[] unknown = [.. file.Tensors.Keys.Where(name => !parameters.ContainsKey(name))];
        if (strict && (missing.Length > 0 || unknown.Length > 0))
        {
            string difference = missing.Length > 0 ? $"no '{missing[0]}'" : $"also '{unknown[0]}'";
            throw new SafetensorsException(
                $"{path}: expected the {parameters.Count} parameters of model '{Name}', got {file.Tensors.Count} tensors and {difference}; load the weights of the same network, or load with strict: false.");
        }

        var weights = new List<KeyValuePair<string, Tensor<float>>>();
        foreach ((string name, Tensor tensor) in file.Tensors)
        {
            if (!parameters.TryGetValue(name, out Parameter? parameter))
            {
                continue;
            }

            if (tensor.Shape != parameter.Shape)
            {
                throw new SafetensorsException($"{path}: parameter '{name}' of model '{Name}' expected shape {parameter.Shape}, got {tensor.Shape}; load the weights of the same network.");
            }

            weights.Add(KeyValuePair.Create(name, file.GetSingles(name)));
        }

        SetWeights(weights);
    }
}
