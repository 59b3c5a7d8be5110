// An extension API server of one group, version and resource that misbehaves as its flags say. Started anew for each behaviour,
// so that no connection of an earlier one survives.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	listen      = flag.String("listen", "0.0.0.0:9443", "address to listen on")
	group       = flag.String("group", "", "API group")
	version     = flag.String("version", "v1", "API version")
	certificate = flag.String("cert", "", "file of the serving certificate (chain), PEM")
	key         = flag.String("key", "", "file of its private key, PEM")
	clientCA    = flag.String("client-ca", "", "file of CAs: demand a client certificate of one of them")
	plainHTTP   = flag.Bool("plain-http", false, "speak HTTP without TLS")
	oldTLS      = flag.Bool("old-tls", false, "speak TLS 1.1 at most")
	tls12       = flag.Bool("tls-1-2", false, "speak TLS 1.2 at most: there a client's certificate is judged within the handshake")
	rsaSuites   = flag.Bool("rsa-suites", false, "speak TLS 1.2 with key exchange by RSA alone")
	reset       = flag.Bool("reset", false, "reset each connection right after accepting it")
	hangUp      = flag.Bool("hang-up", false, "close each connection right after accepting it")
	delay       = flag.Duration("delay", 0, "wait this long before each answer")
	status      = flag.Int("status", 0, "answer everything with this status")
	body        = flag.String("body", "", "answer everything with this body")
	contentType = flag.String("content-type", "application/json", "content type of -body")
	sparing     = flag.String("sparing", "", "answer this user soundly, whatever the other flags say")
	alternate   = flag.Bool("alternate", false, "use -status and -body for every other request of a user only, the first one included")
	objects     = flag.Int("object-status", 0, "answer requests for one object with this status")
	groupless   = flag.Int("groupless-status", 0, "answer users who come without a group with this status")
	aggregated  = flag.String("aggregated", "", "aggregated discovery: v2, v2beta1, or empty for a v2 without the group version")
	resource    = flag.String("resource", "widgets", "plural name of the resource")
	believe     = flag.Bool("believe-headers", false, "take everybody for the user of X-Remote-User, with or without a certificate; anonymous users get 403, others only /apis")
	openAPIV2   = flag.String("openapi-v2", "404", "answer to /openapi/v2: sound, a status, garbage, or never")
	openAPIRoot = flag.String("openapi-v3", "404", "answer to /openapi/v3")
	openAPIOwn  = flag.String("openapi-document", "404", "answer to /openapi/v3/apis/GROUP/VERSION")
	location    = flag.String("location", "", "Location header, for a redirect")
)

func main() {
	flag.Parse()
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	switch {
	case *hangUp, *reset:
		listener = hangingUp{listener}
	case !*plainHTTP:
		config, err := tlsConfig()
		if err != nil {
			log.Fatal(err)
		}
		listener = tls.NewListener(listener, config)
	}
	log.Printf("listening on %s", *listen)
	log.Fatal(http.Serve(listener, http.HandlerFunc(serve)))
}

type hangingUp struct{ net.Listener }

func (l hangingUp) Accept() (net.Conn, error) {
	for {
		connection, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		log.Printf("hung up on %s", connection.RemoteAddr())
		if tcp, ok := connection.(*net.TCPConn); ok && *reset {
			tcp.SetLinger(0)
		}
		connection.Close()
	}
}

func tlsConfig() (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(*certificate, *key)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}}
	if *oldTLS {
		config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	}
	if *tls12 {
		config.MaxVersion = tls.VersionTLS12
	}
	if *rsaSuites {
		config.MaxVersion, config.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}
		// HTTP/2 would not take it.
		config.NextProtos = []string{"http/1.1"}
	}
	if *clientCA != "" {
		pem, err := os.ReadFile(*clientCA)
		if err != nil {
			return nil, err
		}
		config.ClientCAs = x509.NewCertPool()
		if !config.ClientCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("%s holds no certificate", *clientCA)
		}
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return config, nil
}

func serve(w http.ResponseWriter, r *http.Request) {
	time.Sleep(*delay)
	code, kind, answer := healthy(r.URL.Path)
	spared := *sparing != "" && r.Header.Get("X-Remote-User") == *sparing
	spared = spared || (*alternate && !isTurn(r.Header.Get("X-Remote-User")))
	if strings.HasPrefix(r.URL.Path, "/openapi/") {
		code, kind, answer = openAPI(r)
	}
	if *body != "" && !spared {
		code, kind, answer = http.StatusOK, *contentType, *body
	}
	if *status != 0 && !spared {
		code = *status
	}
	if *objects != 0 && strings.HasSuffix(r.URL.Path, "/aggctl-probe") {
		code, kind, answer = failure(*objects)
	}
	if *groupless != 0 && len(r.Header.Values("X-Remote-Group")) == 0 {
		code, kind, answer = failure(*groupless)
	}
	if *believe && !permitted(r) {
		code, kind, answer = forbidden(r)
	}
	if offered := discoveryType(r); r.URL.Path == "/apis" && offered != "" && code == http.StatusOK {
		code, kind, answer = http.StatusOK, offered, aggregatedDiscovery()
	}
	client := "none"
	if r.TLS != nil && len(r.TLS.PeerCertificates) > 0 {
		client = r.TLS.PeerCertificates[0].Subject.String()
	}
	log.Printf("%s %s -> %d, X-Remote-User %q, X-Remote-Group %q, client certificate %s",
		r.Method, r.URL.Path, code, r.Header.Get("X-Remote-User"), r.Header.Values("X-Remote-Group"), client)
	if *location != "" {
		w.Header().Set("Location", *location)
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(code)
	if code != http.StatusNoContent && code != http.StatusNotModified {
		fmt.Fprint(w, answer)
	}
}

var (
	turns = map[string]int{}
	lock  sync.Mutex
)

// Whether it is this user's first, third, fifth request.
func isTurn(user string) bool {
	lock.Lock()
	defer lock.Unlock()
	turns[user]++
	return turns[user]%2 == 1
}

// The content type of aggregated discovery when it is asked for in a version that is offered.
func discoveryType(r *http.Request) string {
	offered := *aggregated
	if offered == "empty" {
		offered = "v2"
	}
	asked := "g=apidiscovery.k8s.io;v=" + offered + ";as=APIGroupDiscoveryList"
	if offered == "" || !strings.Contains(r.Header.Get("Accept"), asked) {
		return ""
	}
	return "application/json;" + asked
}

func aggregatedDiscovery() string {
	offered := strings.Replace(*aggregated, "empty", "v2", 1)
	items := []object{{"metadata": object{"name": *group}, "versions": []object{{"version": *version, "freshness": "Current", "resources": []object{{
		"resource": *resource, "singularResource": "widget", "scope": "Namespaced", "verbs": []string{"get", "list"},
		"responseKind": object{"group": *group, "version": *version, "kind": "Widget"},
	}}}}}}
	if *aggregated == "empty" {
		items = []object{}
	}
	text, _ := json.Marshal(object{"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/" + offered, "metadata": object{}, "items": items})
	return string(text)
}

func failure(code int) (int, string, string) {
	text, _ := json.Marshal(object{"kind": "Status", "apiVersion": "v1", "metadata": object{}, "status": "Failure",
		"message": "the extension server of the lab answers so", "code": code})
	return code, "application/json", string(text)
}

// What delegated authorization would say of the user in the header.
func permitted(r *http.Request) bool {
	return r.Header.Get("X-Remote-User") != "" && strings.HasPrefix(r.URL.Path, "/apis")
}

// As k8s.io/apiserver says it (pkg/endpoints/handlers/responsewriters/errors.go).
func forbidden(r *http.Request) (int, string, string) {
	user := r.Header.Get("X-Remote-User")
	if user == "" {
		user = "system:anonymous"
	}
	text, _ := json.Marshal(object{"kind": "Status", "apiVersion": "v1", "metadata": object{}, "status": "Failure", "reason": "Forbidden",
		"message": fmt.Sprintf("forbidden: User %q cannot get path %q", user, r.URL.Path), "code": http.StatusForbidden})
	return http.StatusForbidden, "application/json", string(text)
}

type object = map[string]any

// What it publishes of its OpenAPI, as its flags say.
func openAPI(r *http.Request) (code int, contentType, body string) {
	of := "/apis/" + *group + "/" + *version
	wanted, sound := *openAPIV2, object{"swagger": "2.0", "info": object{"title": "lab", "version": "1"}, "paths": paths(of, "#/definitions/"),
		"definitions": schemas()}
	switch r.URL.Path {
	case "/openapi/v3":
		wanted, sound = *openAPIRoot, object{"paths": object{of[1:]: object{"serverRelativeURL": "/openapi/v3" + of + "?hash=1"}}}
	case "/openapi/v3" + of:
		wanted, sound = *openAPIOwn, object{"openapi": "3.0.0", "info": object{"title": "lab", "version": "1"},
			"paths": paths(of, "#/components/schemas/"), "components": object{"schemas": schemas()}}
	}
	switch wanted {
	case "sound":
		text, _ := json.Marshal(sound)
		return http.StatusOK, "application/json", string(text)
	case "garbage":
		return http.StatusOK, "application/json", "<html>"
	case "never":
		log.Printf("keeps %s waiting", r.URL.Path)
		<-r.Context().Done()
	}
	if status, err := strconv.Atoi(wanted); err == nil {
		return failure(status)
	}
	return failure(http.StatusNotFound)
}

func paths(of, schemas string) object {
	reply := object{"description": "OK", "schema": object{"$ref": schemas + "Widget"}}
	if strings.Contains(schemas, "components") {
		reply = object{"description": "OK", "content": object{"application/json": object{"schema": object{"$ref": schemas + "Widget"}}}}
	}
	return object{of + "/namespaces/{namespace}/" + *resource + "/{name}": object{"get": object{"operationId": "readWidget",
		"x-kubernetes-action": "get", "x-kubernetes-group-version-kind": kind(), "responses": object{"200": reply}}}}
}
func schemas() object {
	return object{"Widget": object{"type": "object", "description": "Widget is what the lab serves",
		"properties":                      object{"apiVersion": object{"type": "string"}, "kind": object{"type": "string"}, "metadata": object{"type": "object"}},
		"x-kubernetes-group-version-kind": []object{kind()}}}
}
func kind() object { return object{"group": *group, "version": *version, "kind": "Widget"} }

// What a sound server of one namespaced resource, widgets, answers.
func healthy(path string) (code int, contentType, body string) {
	group, version := asked(path)
	groupVersion := *group + "/" + *version
	of := object{"groupVersion": groupVersion, "version": *version}
	asGroup := object{"kind": "APIGroup", "apiVersion": "v1", "name": *group, "versions": []object{of}, "preferredVersion": of}
	var answer object
	switch {
	case path == "/healthz" || path == "/livez" || path == "/readyz":
		return http.StatusOK, "text/plain", "ok"
	case path == "/apis":
		answer = object{"kind": "APIGroupList", "apiVersion": "v1", "groups": []object{asGroup}}
	case path == "/apis/"+*group:
		answer = asGroup
	case path == "/apis/"+groupVersion:
		answer = object{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": groupVersion, "resources": []object{{
			"name": *resource, "singularName": "widget", "namespaced": true, "kind": "Widget", "verbs": []string{"get", "list"},
		}}}
	case strings.HasPrefix(path, "/apis/"+groupVersion+"/") && strings.HasSuffix(path, "/"+*resource):
		answer = object{"kind": "WidgetList", "apiVersion": groupVersion, "metadata": object{"resourceVersion": "1"}, "items": []object{}}
	default:
		answer = object{"kind": "Status", "apiVersion": "v1", "metadata": object{}, "status": "Failure", "reason": "NotFound", "code": 404}
		text, _ := json.Marshal(answer)
		return http.StatusNotFound, "application/json", string(text)
	}
	text, _ := json.Marshal(answer)
	return http.StatusOK, "application/json", string(text)
}

// With -group '*' it is a server of whatever group and version are asked for.
func asked(path string) (*string, *string) {
	parts := strings.Split(path, "/")
	if *group == "*" && len(parts) > 3 && parts[1] == "apis" {
		return &parts[2], &parts[3]
	}
	return group, version
}
